package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The scratch volume of a pod. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true) // what a later release adds
public class ScratchSpec {

  @JsonPropertyDescription("Size of the volume, such as 1Gi.")
  @Default("1Gi")
  @Pattern("^[1-9][0-9]*(k|M|G|T|Ki|Mi|Gi|Ti)?$")
  @Size(min = 1, max = 32)
  private String size = "1Gi";

  @JsonPropertyDescription("StorageClass of the volume, the default one when not given.")
  @Size(min = 1, max = Limits.DNS_NAME)
  private @Nullable String storageClassName;

  public String getSize() {
    return size;
  }

  public void setSize(String size) {
    this.size = size;
  }

  public @Nullable String getStorageClassName() {
    return storageClassName;
  }

  public void setStorageClassName(@Nullable String storageClassName) {
    this.storageClassName = storageClassName;
  }
}
