package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where the pods may run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class SchedulingSpec {

  @JsonPropertyDescription("How the copies of one shard are kept apart.")
  @Default("{}")
  private SpreadSpec spread = new SpreadSpec();

  @JsonPropertyDescription("Labels a Kubernetes node must have.")
  @Size(max = Limits.LABELS)
  private SortedMap<String, String> nodeSelector = new TreeMap<>();

  @JsonPropertyDescription("Taints of Kubernetes nodes that the pods accept.")
  @Size(max = Limits.TOLERATIONS)
  private List<Toleration> tolerations = new ArrayList<>();

  @JsonPropertyDescription("Further rules for the scheduler, besides spread.")
  private @Nullable Affinity affinity;

  @JsonPropertyDescription("PriorityClass of the pods.")
  @Size(max = Limits.DNS_NAME)
  private @Nullable String priorityClassName;

  public SpreadSpec getSpread() {
    return spread;
  }

  public void setSpread(SpreadSpec spread) {
    this.spread = spread;
  }

  public SortedMap<String, String> getNodeSelector() {
    return nodeSelector;
  }

  public void setNodeSelector(SortedMap<String, String> nodeSelector) {
    this.nodeSelector = nodeSelector;
  }

  public List<Toleration> getTolerations() {
    return tolerations;
  }

  public void setTolerations(List<Toleration> tolerations) {
    this.tolerations = tolerations;
  }

  public @Nullable Affinity getAffinity() {
    return affinity;
  }

  public void setAffinity(@Nullable Affinity affinity) {
    this.affinity = affinity;
  }

  public @Nullable String getPriorityClassName() {
    return priorityClassName;
  }

  public void setPriorityClassName(@Nullable String priorityClassName) {
    this.priorityClassName = priorityClassName;
  }
}
