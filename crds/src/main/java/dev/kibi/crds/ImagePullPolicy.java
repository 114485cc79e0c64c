package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When the image of a node is pulled, as in a container of Kubernetes. */
public enum ImagePullPolicy {
  @JsonProperty("Always")
  ALWAYS("Always"),
  @JsonProperty("IfNotPresent")
  IF_NOT_PRESENT("IfNotPresent"),
  @JsonProperty("Never")
  NEVER("Never");

  private final String text;

  ImagePullPolicy(String text) {
    this.text = text;
  }

  /** As Kubernetes writes it. */
  public String text() {
    return text;
  }
}
