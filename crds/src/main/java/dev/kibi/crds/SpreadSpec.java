package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** How the copies of one shard are kept apart; on by default. */
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class SpreadSpec {

  @JsonPropertyDescription("Copies of a shard on different Kubernetes nodes.")
  @Default("preferred")
  private SpreadMode node = SpreadMode.PREFERRED;

  @JsonPropertyDescription("Copies of a shard in different zones.")
  @Default("preferred")
  private SpreadMode zone = SpreadMode.PREFERRED;

  public SpreadMode getNode() {
    return node;
  }

  public void setNode(SpreadMode node) {
    this.node = node;
  }

  public SpreadMode getZone() {
    return zone;
  }

  public void setZone(SpreadMode zone) {
    this.zone = zone;
  }
}
