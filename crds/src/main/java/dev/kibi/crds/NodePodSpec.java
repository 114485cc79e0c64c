package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is added to the template of the pods. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class NodePodSpec {

  @JsonPropertyDescription("Labels of the pods, besides those of the operator.")
  @Size(max = Limits.LABELS)
  @ValidationRule(
      value =
          "self.all(key, !key.startsWith('kibi.dev/') && !key.startsWith('app.kubernetes.io/'))",
      message =
          "podTemplate.labels: keys that begin with kibi.dev/ or app.kubernetes.io/ are the operator's"
              + " (expected: other keys)")
  private SortedMap<String, String> labels = new TreeMap<>();

  @JsonPropertyDescription("Annotations of the pods.")
  @Size(max = Limits.LABELS)
  @ValidationRule(
      value = "self.all(key, !key.startsWith('kibi.dev/'))",
      message =
          "podTemplate.annotations: keys that begin with kibi.dev/ are the operator's"
              + " (expected: other keys)")
  private SortedMap<String, String> annotations = new TreeMap<>();

  @JsonPropertyDescription(
      "A volume claim for scratch files, made and removed with each pod; without it they are kept"
          + " on the disk of the Kubernetes node.")
  private @Nullable ScratchSpec scratch;

  public SortedMap<String, String> getLabels() {
    return labels;
  }

  public void setLabels(SortedMap<String, String> labels) {
    this.labels = labels;
  }

  public SortedMap<String, String> getAnnotations() {
    return annotations;
  }

  public void setAnnotations(SortedMap<String, String> annotations) {
    this.annotations = annotations;
  }

  public @Nullable ScratchSpec getScratch() {
    return scratch;
  }

  public void setScratch(@Nullable ScratchSpec scratch) {
    this.scratch = scratch;
  }
}
