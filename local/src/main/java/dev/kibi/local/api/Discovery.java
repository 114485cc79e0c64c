package dev.kibi.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The documents by which clients learn what is served: {@code /api}, {@code /apis}, {@code
 * /version}.
 */
final class Discovery {
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  private final ResourceTypes types;

  Discovery(ResourceTypes types) {
    this.types = types;
  }

  static ObjectNode version() {
    return Json.object()
        .put("major", "1")
        .put("minor", "32")
        .put("gitVersion", "v1.32.0+kibi")
        .put("platform", "java");
  }

  static ObjectNode coreVersions() {
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  ObjectNode groups() {
    ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    var groups = list.putArray("groups");
    Set<String> seen = new LinkedHashSet<>();
    for (ResourceType type : types.all()) {
      if (!type.group().isEmpty() && seen.add(type.group())) {
        groups.add(group(type.group(), type.version()));
      }
    }
    groups.add(group(AccessReviews.GROUP, "v1"));
    return list;
  }

  ObjectNode group(String name) {
    return types.all().stream()
        .filter(type -> type.group().equals(name))
        .findFirst()
        .map(type -> group(name, type.version()))
        .orElseThrow(() -> ApiException.noSuchPath("/apis/" + name));
  }

  private static ObjectNode group(String name, String version) {
    ObjectNode group = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
    group.put("name", name);
    ObjectNode groupVersion =
        Json.object().put("groupVersion", name + "/" + version).put("version", version);
    group.putArray("versions").add(groupVersion);
    group.set("preferredVersion", groupVersion.deepCopy());
    return group;
  }

  ObjectNode resources(String groupVersion) {
    ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", groupVersion);
    var resources = list.putArray("resources");
    for (ResourceType type : types.all()) {
      if (type.groupVersion().equals(groupVersion)) {
        resources.add(resource(type));
        if (type.hasStatus()) {
          resources.add(subresource(type, "status").put("kind", type.kind()));
        }
        if (type.scale() != null) {
          resources.add(
              subresource(type, "scale")
                  .put("group", "autoscaling")
                  .put("version", "v1")
                  .put("kind", "Scale"));
        }
      }
    }
    AccessReviews.addResources(groupVersion, resources);
    if (resources.isEmpty()) {
      throw ApiException.noSuchPath(groupVersion);
    }
    return list;
  }

  private static ObjectNode resource(ResourceType type) {
    ObjectNode resource =
        Json.object()
            .put("name", type.plural())
            .put("singularName", type.singular())
            .put("namespaced", type.namespaced())
            .put("kind", type.kind());
    resource.set("verbs", Json.MAPPER.valueToTree(VERBS));
    resource.set("shortNames", Json.MAPPER.valueToTree(type.shortNames()));
    resource.set("categories", Json.MAPPER.valueToTree(type.categories()));
    return resource;
  }

  private static ObjectNode subresource(ResourceType type, String name) {
    ObjectNode resource =
        Json.object()
            .put("name", type.plural() + "/" + name)
            .put("singularName", "")
            .put("namespaced", type.namespaced());
    resource.set("verbs", Json.MAPPER.valueToTree(List.of("get", "patch", "update")));
    return resource;
  }
}
