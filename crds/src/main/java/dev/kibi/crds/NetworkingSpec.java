package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How nodes are named. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class NetworkingSpec {

  @JsonPropertyDescription(
      "Domain of the Kubernetes cluster, such as cluster.local. Without it names end in .svc, which"
          + " every pod resolves whatever the domain is; give it for clients that do not.")
  @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
  @Size(min = 1, max = Limits.CLUSTER_DOMAIN)
  private @Nullable String clusterDomain;

  public @Nullable String getClusterDomain() {
    return clusterDomain;
  }

  public void setClusterDomain(@Nullable String clusterDomain) {
    this.clusterDomain = clusterDomain;
  }
}
