package dev.kibi.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.io.IOException;

/**
 * A change to an object.
 *
 * <p>A strategic merge patch is applied as a JSON merge patch, that is, lists are replaced and not
 * merged by key; its directives ({@code $patch}, {@code $setElementOrder/…}) are dropped.
 */
@FunctionalInterface
interface Patch {

  /** Returns a changed copy. */
  ObjectNode applyTo(ObjectNode object);

  static Patch parse(String contentType, byte[] body) {
    return switch (contentType) {
      case "application/json-patch+json" -> jsonPatch(body);
      case "application/merge-patch+json", "application/strategic-merge-patch+json" -> {
        ObjectNode patch = Json.parse(body);
        yield object -> (ObjectNode) merge(object, patch);
      }
      case "application/apply-patch+yaml" ->
          throw ApiException.unsupportedMediaType(
              "server-side apply is not supported by the embedded API server"
                  + " (expected: kubectl apply without --server-side)");
      default ->
          throw ApiException.unsupportedMediaType(
              "Content-Type: "
                  + contentType
                  + " (expected: a JSON, merge or strategic merge patch)");
    };
  }

  private static Patch jsonPatch(byte[] body) {
    JsonNode patch;
    try {
      patch = Json.MAPPER.readTree(body);
    } catch (IOException e) {
      throw ApiException.badRequest("the body of the request is not JSON: " + e.getMessage());
    }
    return object -> {
      try {
        return (ObjectNode) JsonPatch.apply(patch, object);
      } catch (JsonPatchException e) {
        throw ApiException.badRequest("the JSON patch does not apply: " + e.getMessage());
      }
    };
  }

  /** RFC 7386. */
  private static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode result = target.isObject() ? target.deepCopy() : Json.object();
    for (var field : patch.properties()) {
      String name = field.getKey();
      if (field.getValue().isNull()) {
        result.remove(name);
      } else if (!name.startsWith("$")) {
        result.set(name, merge(result.path(name), field.getValue()));
      }
    }
    return result;
  }
}
