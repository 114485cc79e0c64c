package dev.kibi.local.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.kibi.crds.CacheCluster;
import dev.kibi.local.api.ApiException;
import dev.kibi.local.api.ManifestCheck;
import dev.kibi.local.instance.Crds;
import dev.kibi.local.instance.UserException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The objects of a YAML file. */
record Manifest(String name, List<ObjectNode> objects) {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Pattern PLACE = Pattern.compile("line \\d+, column \\d+");

  static Manifest sample() {
    try (InputStream yaml =
        Objects.requireNonNull(Manifest.class.getResourceAsStream("sample.yaml"))) {
      return parse("sample.yaml", yaml.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails with a sentence if the file cannot be read or is not YAML. */
  static Manifest read(Path file) {
    try {
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UserException(file + ": not readable (expected: a YAML file)", e);
    }
  }

  private static Manifest parse(String name, byte[] yaml) {
    List<ObjectNode> objects = new ArrayList<>();
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      while (documents.hasNextValue()) {
        JsonNode document = documents.nextValue();
        if (document instanceof ObjectNode object) {
          objects.add(object);
        } else if (!document.isNull()) {
          throw new UserException(name + ": " + document + " (expected: Kubernetes objects)");
        }
      }
    } catch (JsonProcessingException e) {
      throw new UserException(name + ", " + fault(e) + " (expected: YAML)", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (objects.stream().noneMatch(Manifest::isCluster)) {
      String what =
          objects.stream()
              .map(object -> object.path("kind").asText())
              .collect(Collectors.joining(", "));
      throw new UserException(
          name + ": " + (what.isEmpty() ? "empty" : what) + " (expected: a CacheCluster)");
    }
    return new Manifest(name, objects);
  }

  /**
   * Where and what is wrong, on one line: the parser's own text goes over several, with places and
   * the YAML in question, indented, between them.
   */
  private static String fault(JsonProcessingException e) {
    String what =
        e.getOriginalMessage()
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith(" "))
            .collect(Collectors.joining(", "));
    String place =
        PLACE
            .matcher(e.getOriginalMessage())
            .results()
            .map(MatchResult::group)
            .reduce((first, last) -> last)
            .orElseGet(() -> where(e.getLocation()));
    return place + ": " + what;
  }

  private static String where(@Nullable JsonLocation at) {
    return at == null ? "somewhere" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  /** Fails with the sentence of the API server if it would refuse an object. */
  void check() {
    ManifestCheck check = new ManifestCheck(Crds.all());
    for (ObjectNode object : objects) {
      try {
        check.check(object);
      } catch (ApiException e) {
        throw new UserException(name + ": " + e.getMessage(), e);
      }
    }
  }

  void create(KubernetesClient client) {
    for (ObjectNode object : objects) {
      GenericKubernetesResource resource =
          Serialization.unmarshal(object.toString(), GenericKubernetesResource.class);
      try {
        client.resource(resource).create();
      } catch (KubernetesClientException e) {
        String why = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
        throw new UserException(name + ": " + why, e);
      }
    }
  }

  private static boolean isCluster(ObjectNode object) {
    return object.path("kind").asText().equals("CacheCluster");
  }

  /** The CacheClusters among the objects, as the server knows them. */
  List<Resource<CacheCluster>> clusters(KubernetesClient client) {
    return objects.stream()
        .filter(Manifest::isCluster)
        .map(object ->
            client
                .resources(CacheCluster.class)
                .inNamespace(object.at("/metadata/namespace").asText("default"))
                .withName(object.at("/metadata/name").asText()))
        .toList();
  }
}
