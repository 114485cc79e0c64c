package dev.kibi.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a server has from the start. */
final class Bootstrap {
  private Bootstrap() {}

  static void createNamespaces(Resources resources) {
    for (String namespace : List.of("default", "kube-system")) {
      ObjectNode object = Json.object();
      Json.metadata(object).put("name", namespace);
      resources.create(BuiltInTypes.NAMESPACE, "", object, WriteOptions.INTERNAL);
    }
  }

  static void define(Resources resources, ObjectNode crd) {
    resources.create(
        BuiltInTypes.CUSTOM_RESOURCE_DEFINITION, "", crd.deepCopy(), WriteOptions.INTERNAL);
  }
}
