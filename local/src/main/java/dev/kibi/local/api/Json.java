package dev.kibi.local.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The one JSON mapper of the API server, and the two ways a dotted path is walked. */
public final class Json {
  public static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * The value at {@code path} ({@code .spec.replicas} or {@code spec.replicas}); a missing node if
   * there is none.
   */
  public static JsonNode at(JsonNode node, String path) {
    JsonNode current = node;
    for (String name : path.split("\\.", -1)) {
      if (!name.isEmpty()) {
        current = current.path(name);
      }
    }
    return current;
  }

  /** Sets the value at {@code path}, making the objects on the way. */
  public static void put(ObjectNode node, String path, JsonNode value) {
    ObjectNode parent = node;
    String[] names = path.replaceFirst("^\\.", "").split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      parent =
          parent.path(names[i]) instanceof ObjectNode child ? child : parent.putObject(names[i]);
    }
    parent.set(names[names.length - 1], value);
  }

  /** The {@code metadata} of an object, made if it has none. */
  public static ObjectNode metadata(ObjectNode object) {
    return object.path("metadata") instanceof ObjectNode metadata
        ? metadata
        : object.putObject("metadata");
  }

  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Parses an object; anything else in {@code bytes} is a bad request. */
  public static ObjectNode parse(byte[] bytes) {
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw ApiException.badRequest("the body of the request is not JSON: " + e.getMessage());
    }
    throw ApiException.badRequest(
        "the body of the request: not an object (expected: a JSON object)");
  }
}
