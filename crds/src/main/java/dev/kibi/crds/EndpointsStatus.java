package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Where clients connect. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class EndpointsStatus {

  @JsonPropertyDescription("HOST:PORT for clients that speak the cluster protocol.")
  private @Nullable String cluster;

  @JsonPropertyDescription("HOST:PORT of the replicas, for reads that may be a moment old.")
  private @Nullable String read;

  public @Nullable String getCluster() {
    return cluster;
  }

  public void setCluster(@Nullable String cluster) {
    this.cluster = cluster;
  }

  public @Nullable String getRead() {
    return read;
  }

  public void setRead(@Nullable String read) {
    this.read = read;
  }
}
