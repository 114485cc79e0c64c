package dev.kibi.local.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** Renders objects as a {@code meta.k8s.io/v1 Table}. */
public final class Tables {
  private Tables() {}

  /** {@code includeObject} is the query parameter: None, Metadata (default) or Object. */
  public static ObjectNode render(
      List<Column> columns,
      List<? extends JsonNode> objects,
      String resourceVersion,
      String includeObject,
      Instant now) {
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.putObject("metadata").put("resourceVersion", resourceVersion);
    var definitions = table.putArray("columnDefinitions");
    for (Column column : columns) {
      definitions
          .addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("format", column.format())
          .put("description", column.description())
          .put("priority", column.priority());
    }
    var rows = table.putArray("rows");
    for (JsonNode object : objects) {
      ObjectNode row = rows.addObject();
      var cells = row.putArray("cells");
      columns.forEach(column -> cells.add(column.read(object, now)));
      row.set("object", included(object, includeObject));
    }
    return table;
  }

  private static JsonNode included(JsonNode object, String includeObject) {
    return switch (includeObject) {
      case "Object" -> object;
      case "None" -> JsonNodeFactory.instance.nullNode();
      default ->
          JsonNodeFactory.instance
              .objectNode()
              .put("kind", "PartialObjectMetadata")
              .put("apiVersion", "meta.k8s.io/v1")
              .set("metadata", object.path("metadata"));
    };
  }
}
