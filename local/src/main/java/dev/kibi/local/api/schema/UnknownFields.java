package dev.kibi.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Finds and drops the fields that a schema does not know. */
final class UnknownFields {
  /** Every object has these; schemas rarely say so. */
  private static final Set<String> ENVELOPE = Set.of("apiVersion", "kind", "metadata");

  private final List<String> found = new ArrayList<>();

  private UnknownFields() {}

  static List<String> drop(JsonNode schema, ObjectNode object) {
    UnknownFields unknown = new UnknownFields();
    unknown.walkObject(schema, object, "");
    return unknown.found;
  }

  private void walk(JsonNode schema, JsonNode value, String path) {
    if (value instanceof ObjectNode object) {
      walkObject(schema, object, path);
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        walk(schema.path("items"), value.get(i), path + "[" + i + "]");
      }
    }
  }

  private void walkObject(JsonNode schema, ObjectNode object, String path) {
    if (schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      return;
    }
    JsonNode properties = schema.path("properties");
    JsonNode additional = schema.path("additionalProperties");
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      String field = Paths.child(path, name);
      if (path.isEmpty() && ENVELOPE.contains(name)) {
        continue;
      }
      if (properties.has(name)) {
        walk(properties.get(name), object.get(name), field);
      } else if (additional.isObject()) {
        walk(additional, object.get(name), field);
      } else if (!additional.asBoolean()) {
        found.add(field);
        names.remove();
      }
    }
  }
}
