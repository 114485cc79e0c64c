package dev.kibi.local.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The custom resource definitions of this project, as they are installed on Kubernetes. */
public final class Crds {
  private static final YAMLMapper YAML = new YAMLMapper();

  private Crds() {}

  public static List<ObjectNode> all() {
    return Stream.of("cacheclusters", "cachetopologies")
        .map(plural -> read("/crds/" + plural + ".kibi.dev-v1.yml"))
        .toList();
  }

  private static ObjectNode read(String resource) {
    try (InputStream yaml =
        Objects.requireNonNull(Crds.class.getResourceAsStream(resource), resource)) {
      return (ObjectNode) YAML.readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
