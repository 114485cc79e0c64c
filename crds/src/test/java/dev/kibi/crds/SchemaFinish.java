package dev.kibi.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * What no annotation of the generator can say: the order of columns, integer formats, keyed lists
 * and sets, the form of quantities, and that the spec is required.
 */
final class SchemaFinish {

  /** The fields that Java holds in a long; every other integer is an int. */
  private static final Set<String> LONGS =
      Set.of(
          "generation",
          "version",
          "epoch",
          "fromEpoch",
          "toEpoch",
          "nextMoveId",
          "dataGeneration",
          "observedGeneration",
          "tolerationSeconds");

  /** As the API server writes it for quantities of its own. */
  private static final String QUANTITY =
      "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]"
          + "|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

  private SchemaFinish() {}

  static CustomResourceDefinition of(CustomResourceDefinition crd) {
    JSONSchemaProps root = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    root.setRequired(List.of("spec"));
    everywhere("", root, SchemaFinish::finish);
    switch (crd.getSpec().getNames().getKind()) {
      case "CacheCluster" -> finishCluster(crd, root);
      case "CacheTopology" -> finishTopology(crd, root);
      default -> throw new IllegalArgumentException("kind: " + crd.getSpec().getNames().getKind());
    }
    return crd;
  }

  private static void finish(String name, JSONSchemaProps schema) {
    if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
      schema.setPattern(QUANTITY);
    } else if ("integer".equals(schema.getType())) {
      schema.setFormat(LONGS.contains(name) ? "int64" : "int32");
    }
  }

  private static void finishCluster(CustomResourceDefinition crd, JSONSchemaProps root) {
    orderColumns(crd, CacheCluster.class);
    // Claims are for dynamic resource allocation, which needs a pod template.
    at(at(root, "spec"), "resources").getProperties().remove("claims");
    JSONSchemaProps status = at(root, "status");
    keyed(at(status, "conditions"), "type");
    at(status, "conditions").setMaxItems(16L);
    at(status, "conditions").getItems().getSchema().setRequired(List.of("type", "status"));
    keyed(at(status, "shardStatuses"), "id");
    at(status, "shardStatuses").setMaxItems((long) Limits.SHARDS);
  }

  private static void finishTopology(CustomResourceDefinition crd, JSONSchemaProps root) {
    orderColumns(crd, CacheTopology.class);
    root.getProperties().remove("status"); // generated for Void
    JSONSchemaProps spec = at(root, "spec");
    keyed(at(spec, "nodes"), "id");
    keyed(at(spec, "slots"), "shard");
    JSONSchemaProps shard = at(spec, "shards").getAdditionalProperties().getSchema();
    for (String members : List.of("inSync", "electable", "learners")) {
      JSONSchemaProps list = at(shard, members);
      list.setXKubernetesListType("set");
      list.getItems().getSchema().setMaxLength((long) Limits.NODE_ID);
    }
  }

  /** The generator sorts the columns by their path; a reader wants them as the class lists them. */
  private static void orderColumns(
      CustomResourceDefinition crd, Class<? extends CustomResource<?, ?>> type) {
    List<String> order =
        Stream.of(type.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    crd.getSpec()
        .getVersions()
        .getFirst()
        .getAdditionalPrinterColumns()
        .sort(
            Comparator.comparingInt(
                (CustomResourceColumnDefinition column) -> order.indexOf(column.getName())));
  }

  /** A list that is a map: at most one entry per key. */
  private static void keyed(JSONSchemaProps list, String key) {
    list.setXKubernetesListType("map");
    list.setXKubernetesListMapKeys(List.of(key));
  }

  private static JSONSchemaProps at(JSONSchemaProps schema, String property) {
    return schema.getProperties().get(property);
  }

  private static void everywhere(
      String name, JSONSchemaProps schema, BiConsumer<String, JSONSchemaProps> change) {
    change.accept(name, schema);
    Map<String, JSONSchemaProps> properties = schema.getProperties();
    if (properties != null) {
      properties.forEach((property, inner) -> everywhere(property, inner, change));
    }
    if (schema.getItems() != null) {
      everywhere(name, schema.getItems().getSchema(), change);
    }
    if (schema.getAdditionalProperties() != null) {
      everywhere(name, schema.getAdditionalProperties().getSchema(), change);
    }
  }
}
