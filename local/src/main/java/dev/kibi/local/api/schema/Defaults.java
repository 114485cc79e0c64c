package dev.kibi.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fills in the defaults of a schema, those inside of filled-in objects as well. */
final class Defaults {
  private Defaults() {}

  static void apply(JsonNode schema, JsonNode value) {
    if (value instanceof ObjectNode object) {
      for (var property : schema.path("properties").properties()) {
        applyToField(property.getValue(), object, property.getKey());
      }
      JsonNode additional = schema.path("additionalProperties");
      if (additional.isObject()) {
        object.forEach(child -> apply(additional, child));
      }
    } else if (value.isArray()) {
      value.forEach(element -> apply(schema.path("items"), element));
    }
  }

  private static void applyToField(JsonNode schema, ObjectNode parent, String name) {
    JsonNode defaultValue = schema.path("default");
    JsonNode current = parent.path(name);
    boolean nullable = schema.path("nullable").asBoolean();
    if (current.isNull() && !nullable) {
      // An explicit null means "not given" unless the schema allows null.
      parent.remove(name);
      current = parent.path(name);
    }
    if (current.isMissingNode() && !defaultValue.isMissingNode()) {
      parent.set(name, defaultValue.deepCopy());
    }
    apply(schema, parent.path(name));
  }
}
