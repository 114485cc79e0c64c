package dev.kibi.crds;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the CRDs of the resource classes, one file each, as they are committed. */
final class CrdYaml {

  /** The committed files, beneath {@code src/main/resources/crds}. */
  static final List<String> FILES =
      List.of("cacheclusters.kibi.dev-v1.yml", "cachetopologies.kibi.dev-v1.yml");

  private CrdYaml() {}

  /** Fills an existing, empty directory with {@link #FILES}. */
  static void generate(Path directory) {
    CRDPostProcessor finish =
        new CRDPostProcessor() {
          @Override
          public HasMetadata process(HasMetadata crd, String version) {
            return SchemaFinish.of((CustomResourceDefinition) crd);
          }
        };
    new CRDGenerator()
        .customResourceClasses(CacheCluster.class, CacheTopology.class)
        .forCRDVersions("v1")
        .withMinQuotes(true)
        .withPostProcessor(finish)
        .inOutputDir(new File(directory.toString()))
        .generate();
  }

  static String read(Path directory, String file) throws IOException {
    return Files.readString(directory.resolve(file), StandardCharsets.UTF_8);
  }
}
