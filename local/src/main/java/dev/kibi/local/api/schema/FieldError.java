package dev.kibi.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with one field, in the words of the Kubernetes API server. */
public record FieldError(Reason reason, String field, String message) {

  /** The {@code reason} of a cause in a {@code Status}. */
  public enum Reason {
    FieldValueInvalid,
    FieldValueRequired,
    FieldValueNotSupported,
    FieldValueForbidden,
    FieldValueDuplicate
  }

  static FieldError invalid(String field, JsonNode value, String detail) {
    return new FieldError(
        Reason.FieldValueInvalid, field, "Invalid value: " + value + ": " + detail);
  }

  public static FieldError invalid(String field, String value, String detail) {
    return invalid(field, TextNode.valueOf(value), detail);
  }

  static FieldError required(String field) {
    return new FieldError(Reason.FieldValueRequired, field, "Required value");
  }

  static FieldError notSupported(String field, JsonNode value, List<JsonNode> supported) {
    String values = supported.stream().map(JsonNode::toString).collect(Collectors.joining(", "));
    return new FieldError(
        Reason.FieldValueNotSupported,
        field,
        "Unsupported value: " + value + ": supported values: " + values);
  }

  @Override
  public String toString() {
    return field + ": " + message;
  }
}
