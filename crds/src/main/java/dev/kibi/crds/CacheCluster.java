package dev.kibi.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A Redis-compatible cache cluster. */
@Group(CacheCluster.GROUP)
@Version(CacheCluster.VERSION)
@ShortNames("cc")
@Categories("all")
@AdditionalPrinterColumn(
    name = "Shards",
    jsonPath = ".spec.shards",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Ready Shards",
    jsonPath = ".status.readyShards",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Replicas",
    jsonPath = ".spec.replicas",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z]([-a-z0-9]{0,43}[a-z0-9])?$')",
    message =
        "metadata.name: expected at most 45 of a-z, 0-9 and -, beginning with a letter:"
            + " it is part of the names of Services and pods")
public class CacheCluster extends CustomResource<CacheClusterSpec, CacheClusterStatus>
    implements Namespaced {

  /** The API group of every Kibi resource. */
  public static final String GROUP = "kibi.dev";

  /** The one version that is served. */
  public static final String VERSION = "v1alpha1";

  private static final long serialVersionUID = 1L;

  /**
   * None: what a program sends by server-side apply becomes its own, and the spec is the user's. A
   * patch that only adds a finalizer would else set every field of the spec to its default.
   */
  @Override
  protected @Nullable CacheClusterSpec initSpec() {
    return null;
  }
}
