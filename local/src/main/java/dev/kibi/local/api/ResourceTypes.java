package dev.kibi.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kibi.local.api.ResourceType.ScalePaths;
import dev.kibi.local.api.schema.StructuralSchema;
import dev.kibi.local.api.table.Column;
import dev.kibi.local.api.table.CustomColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The kinds served at this moment: the built-in ones and those of the stored CRDs. */
final class ResourceTypes {
  private final Map<String, ResourceType> byPath = new LinkedHashMap<>();

  ResourceTypes() {
    BuiltInTypes.ALL.forEach(this::add);
  }

  synchronized Optional<ResourceType> find(String groupVersion, String plural) {
    return Optional.ofNullable(byPath.get(groupVersion + "/" + plural));
  }

  synchronized Optional<ResourceType> findKind(String groupVersion, String kind) {
    return byPath.values().stream()
        .filter(type -> type.groupVersion().equals(groupVersion) && type.kind().equals(kind))
        .findFirst();
  }

  synchronized Collection<ResourceType> all() {
    return List.copyOf(byPath.values());
  }

  private synchronized void add(ResourceType type) {
    byPath.put(type.groupVersion() + "/" + type.plural(), type);
  }

  /** Serves the kind of a CustomResourceDefinition no longer. */
  synchronized List<ResourceType> removeDefinedBy(JsonNode crd) {
    String group = crd.at("/spec/group").asText();
    String plural = crd.at("/spec/names/plural").asText();
    List<ResourceType> removed =
        byPath.values().stream()
            .filter(type -> type.group().equals(group) && type.plural().equals(plural))
            .toList();
    byPath.values().removeAll(removed);
    return removed;
  }

  /** Serves the kind that a CustomResourceDefinition describes, in its stored version. */
  void addDefinedBy(ObjectNode crd) {
    JsonNode names = crd.at("/spec/names");
    for (JsonNode version : crd.at("/spec/versions")) {
      if (version.path("storage").asBoolean()) {
        String kind = names.path("kind").asText();
        add(
            new ResourceType(
                crd.at("/spec/group").asText(),
                version.path("name").asText(),
                kind,
                names.path("plural").asText(),
                names.path("singular").asText(kind.toLowerCase(Locale.ROOT)),
                strings(names.path("shortNames")),
                strings(names.path("categories")),
                crd.at("/spec/scope").asText().equals("Namespaced"),
                version.at("/subresources/status").isObject(),
                scalePaths(version.at("/subresources/scale")),
                new StructuralSchema(
                    version.at("/schema/openAPIV3Schema") instanceof ObjectNode schema
                        ? schema
                        : Json.object().put("x-kubernetes-preserve-unknown-fields", true)),
                columns(version.path("additionalPrinterColumns"))));
      }
    }
  }

  private static @Nullable ScalePaths scalePaths(JsonNode scale) {
    return scale.isObject()
        ? new ScalePaths(
            scale.path("specReplicasPath").asText(),
            scale.path("statusReplicasPath").asText(),
            scale.path("labelSelectorPath").asText())
        : null;
  }

  private static List<Column> columns(JsonNode declared) {
    List<Column> columns = new ArrayList<>(List.of(Column.NAME));
    declared.forEach(column -> columns.add(CustomColumns.column(column)));
    if (columns.size() == 1) {
      columns.add(Column.AGE);
    }
    return columns;
  }

  private static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
