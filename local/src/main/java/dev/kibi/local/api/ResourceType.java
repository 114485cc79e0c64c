package dev.kibi.local.api;

import dev.kibi.local.api.schema.StructuralSchema;
import dev.kibi.local.api.store.Key;
import dev.kibi.local.api.table.Column;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A kind of object and how it is served. {@code schema} is null for kinds whose objects are taken
 * as they come, {@code scale} for those without that sub-resource.
 */
public record ResourceType(
    String group,
    String version,
    String kind,
    String plural,
    String singular,
    List<String> shortNames,
    List<String> categories,
    boolean namespaced,
    boolean hasStatus,
    @Nullable ScalePaths scale,
    @Nullable StructuralSchema schema,
    List<Column> columns) {

  /** Where the fields of {@code autoscaling/v1 Scale} are in an object, as dotted paths. */
  public record ScalePaths(String specReplicas, String statusReplicas, String selector) {}

  /** A type of Kubernetes itself; the {@code with…} methods say what is special about it. */
  static ResourceType builtIn(
      String groupVersion, String kind, String plural, String... shortNames) {
    int slash = groupVersion.indexOf('/');
    return new ResourceType(
        slash < 0 ? "" : groupVersion.substring(0, slash),
        groupVersion.substring(slash + 1),
        kind,
        plural,
        kind.toLowerCase(Locale.ROOT),
        List.of(shortNames),
        List.of(),
        true,
        false,
        null,
        null,
        List.of(Column.NAME, Column.AGE));
  }

  ResourceType clusterScoped() {
    return copy(categories, false, hasStatus, scale, columns);
  }

  /** Listed by {@code kubectl get all}. */
  ResourceType inAll() {
    return copy(List.of("all"), namespaced, hasStatus, scale, columns);
  }

  ResourceType withStatus() {
    return copy(categories, namespaced, true, scale, columns);
  }

  ResourceType withScale(ScalePaths paths) {
    return copy(categories, namespaced, hasStatus, paths, columns);
  }

  ResourceType withColumns(List<Column> newColumns) {
    return copy(categories, namespaced, hasStatus, scale, newColumns);
  }

  private ResourceType copy(
      List<String> newCategories,
      boolean newNamespaced,
      boolean newStatus,
      @Nullable ScalePaths newScale,
      List<Column> newColumns) {
    return new ResourceType(
        group,
        version,
        kind,
        plural,
        singular,
        shortNames,
        newCategories,
        newNamespaced,
        newStatus,
        newScale,
        schema,
        newColumns);
  }

  String groupVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** {@code pods}, {@code statefulsets.apps}. */
  String qualifiedPlural() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  String qualifiedKind() {
    return group.isEmpty() ? kind : kind + "." + group;
  }

  /** Whether {@code metadata.generation} counts the changes of the spec. */
  boolean countsGenerations() {
    return hasStatus && !kind.equals("Pod");
  }

  Key key(String namespace, String name) {
    return new Key(group, plural, namespaced ? namespace : "", name);
  }

  boolean isOfType(Key key) {
    return key.group().equals(group) && key.plural().equals(plural);
  }
}
