package dev.kibi.operator.nodelink;

/** Which cluster: namespace and name of its resource. */
public record ClusterKey(String namespace, String name) {

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
