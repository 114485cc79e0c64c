package dev.kibi.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The operator's chart as a later release might have it: with one more field of CacheCluster. */
final class LaterChart {
  private static final Path DEFINITION = Path.of("files/crds/cacheclusters.kibi.dev-v1.yml");

  private LaterChart() {}

  /** Makes it in an empty directory. */
  static Path in(Path directory, String field) throws IOException {
    Path chart = Installation.chart("kibi");
    try (Stream<Path> files = Files.walk(chart)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path copy = directory.resolve(chart.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Path definition = directory.resolve(DEFINITION);
    Files.writeString(definition, withField(Files.readString(definition), field));
    return directory;
  }

  private static String withField(String definition, String field) {
    CustomResourceDefinition parsed =
        Serialization.unmarshal(definition, CustomResourceDefinition.class);
    JSONSchemaProps resource =
        parsed.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    JSONSchemaProps spec = resource.getProperties().get("spec");
    spec.getProperties().put(field, new JSONSchemaPropsBuilder().withType("string").build());
    return Serialization.asYaml(parsed);
  }
}
