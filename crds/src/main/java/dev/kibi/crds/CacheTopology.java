package dev.kibi.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** What a cache cluster is right now. Internal: written by operator and nodes, not by people. */
@Group(CacheCluster.GROUP)
@Version(CacheCluster.VERSION)
@Plural("cachetopologies")
@ShortNames("ctopo")
@AdditionalPrinterColumn(
    name = "Version",
    jsonPath = ".spec.version",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Generation",
    jsonPath = ".spec.generation",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Durability",
    jsonPath = ".spec.durability",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Operation",
    jsonPath = ".spec.opId",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class CacheTopology extends CustomResource<CacheTopologySpec, Void> implements Namespaced {

  private static final long serialVersionUID = 1L;

  @Override
  protected CacheTopologySpec initSpec() {
    return new CacheTopologySpec();
  }
}
