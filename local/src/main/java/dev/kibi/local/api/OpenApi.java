package dev.kibi.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kibi.local.api.schema.StructuralSchema;
import java.util.List;

/**
 * OpenAPI v3 as far as kubectl reads it: that writes take {@code fieldValidation} (so that {@code
 * kubectl apply} leaves validation to the server) and the schemas of custom resources for {@code
 * kubectl explain}.
 */
final class OpenApi {
  private final ResourceTypes types;
  private final String basePath;

  OpenApi(ResourceTypes types, String basePath) {
    this.types = types;
    this.basePath = basePath;
  }

  ObjectNode root() {
    ObjectNode root = Json.object();
    ObjectNode paths = root.putObject("paths");
    for (ResourceType type : types.all()) {
      String path = prefix(type).substring(1);
      paths.putObject(path).put("serverRelativeURL", basePath + "/openapi/v3/" + path);
    }
    return root;
  }

  private static String prefix(ResourceType type) {
    return (type.group().isEmpty() ? "/api/" : "/apis/") + type.groupVersion();
  }

  /** The document of one group version. */
  ObjectNode document(String groupVersion) {
    List<ResourceType> described =
        types.all().stream().filter(type -> type.groupVersion().equals(groupVersion)).toList();
    if (described.isEmpty()) {
      throw ApiException.noSuchPath("/openapi/v3/" + groupVersion);
    }
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Kibi").put("version", "v1");
    ObjectNode paths = document.putObject("paths");
    ObjectNode schemas = document.putObject("components").putObject("schemas");
    for (ResourceType type : described) {
      String name = (type.qualifiedKind() + "." + type.version());
      String namespaces = type.namespaced() ? "/namespaces/{namespace}/" : "/";
      String collection = prefix(type) + namespaces + type.plural();
      paths.set(collection, operations(type, name, "get", "post"));
      paths.set(collection + "/{name}", operations(type, name, "get", "put", "patch"));
      schemas.set(name, schema(type));
    }
    return document;
  }

  private static ObjectNode operations(ResourceType type, String schemaName, String... methods) {
    ObjectNode operations = Json.object();
    for (String method : methods) {
      ObjectNode operation = operations.putObject(method);
      operation.set("x-kubernetes-group-version-kind", groupVersionKind(type));
      ObjectNode fieldValidation =
          operation
              .putArray("parameters")
              .addObject()
              .put("name", "fieldValidation")
              .put("in", "query");
      fieldValidation.putObject("schema").put("type", "string").put("uniqueItems", true);
      operation
          .putObject("responses")
          .putObject("200")
          .put("description", "OK")
          .putObject("content")
          .putObject("application/json")
          .putObject("schema")
          .put("$ref", "#/components/schemas/" + schemaName);
    }
    return operations;
  }

  private static ObjectNode schema(ResourceType type) {
    StructuralSchema structural = type.schema();
    ObjectNode schema =
        structural == null ? Json.object().put("type", "object") : structural.root().deepCopy();
    ObjectNode properties = schema.withObject("/properties");
    properties.withObject("/apiVersion").put("type", "string");
    properties.withObject("/kind").put("type", "string");
    properties.withObject("/metadata").put("type", "object");
    schema.putArray("x-kubernetes-group-version-kind").add(groupVersionKind(type));
    return schema;
  }

  private static ObjectNode groupVersionKind(ResourceType type) {
    return Json.object()
        .put("group", type.group())
        .put("version", type.version())
        .put("kind", type.kind());
  }
}
