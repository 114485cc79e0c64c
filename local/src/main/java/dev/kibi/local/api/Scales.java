package dev.kibi.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kibi.local.api.ResourceType.ScalePaths;
import dev.kibi.local.api.schema.FieldError;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The {@code autoscaling/v1 Scale} view of an object, and the way back. */
final class Scales {
  private static final Set<String> METADATA =
      Set.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp");

  private Scales() {}

  static ObjectNode of(ResourceType type, ObjectNode object) {
    ScalePaths paths = paths(type);
    ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (var field : object.path("metadata").properties()) {
      if (METADATA.contains(field.getKey())) {
        metadata.set(field.getKey(), field.getValue());
      }
    }
    scale.putObject("spec").put("replicas", Json.at(object, paths.specReplicas()).asInt());
    scale
        .putObject("status")
        .put("replicas", Json.at(object, paths.statusReplicas()).asInt())
        .put("selector", selector(object, paths));
    return scale;
  }

  private static String selector(ObjectNode object, ScalePaths paths) {
    if (!paths.selector().isEmpty()) {
      return Json.at(object, paths.selector()).asText();
    }
    return object.at("/spec/selector/matchLabels").properties().stream()
        .map(label -> label.getKey() + "=" + label.getValue().asText())
        .collect(Collectors.joining(","));
  }

  /** A copy of {@code object} with the number of replicas that {@code scale} asks for. */
  static ObjectNode applyTo(ResourceType type, ObjectNode object, JsonNode scale) {
    JsonNode replicas = scale.at("/spec/replicas");
    if (!replicas.canConvertToInt() || replicas.asInt() < 0) {
      throw ApiException.invalid(
          type,
          object.at("/metadata/name").asText(),
          List.of(
              FieldError.invalid(
                  "spec.replicas", replicas.asText(), "must be greater than or equal to 0")));
    }
    ObjectNode scaled = object.deepCopy();
    Json.put(scaled, paths(type).specReplicas(), IntNode.valueOf(replicas.asInt()));
    JsonNode version = scale.at("/metadata/resourceVersion");
    if (version.isTextual()) {
      Json.metadata(scaled).set("resourceVersion", version);
    }
    return scaled;
  }

  private static ScalePaths paths(ResourceType type) {
    ScalePaths paths = type.scale();
    if (paths == null) {
      throw ApiException.noSuchPath(type.plural() + "/scale");
    }
    return paths;
  }
}
