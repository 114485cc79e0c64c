package dev.kibi.local.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One column: {@code priority} 0 is always shown, a higher one with {@code -o wide}. */
public record Column(
    String name,
    String type,
    String format,
    int priority,
    String description,
    BiFunction<JsonNode, Instant, JsonNode> cell) {

  public static final Column NAME =
      new Column(
          "Name",
          "string",
          "name",
          0,
          "Name must be unique within a namespace.",
          (object, now) -> object.at("/metadata/name"));

  public static final Column AGE =
      new Column(
          "Age",
          "string",
          "",
          0,
          "How long ago the object was created.",
          (object, now) -> age(object.at("/metadata/creationTimestamp"), now));

  static Column text(String name, Function<JsonNode, String> cell) {
    return new Column(
        name, "string", "", 0, "", (object, now) -> TextNode.valueOf(cell.apply(object)));
  }

  Column wide() {
    return new Column(name, type, format, 1, description, cell);
  }

  /** {@code 5m12s}: how long ago {@code timestamp} was; {@code <unknown>} without one. */
  static JsonNode age(JsonNode timestamp, Instant now) {
    return timestamp.isTextual()
        ? TextNode.valueOf(HumanDuration.between(Instant.parse(timestamp.asText()), now))
        : TextNode.valueOf("<unknown>");
  }

  JsonNode read(JsonNode object, Instant now) {
    JsonNode value = cell.apply(object, now);
    return value.isMissingNode() ? NullNode.getInstance() : value;
  }
}
