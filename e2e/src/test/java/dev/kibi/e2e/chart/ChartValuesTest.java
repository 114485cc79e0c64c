package dev.kibi.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single values do to what the charts render. */
class ChartValuesTest {
  /** Reads as the API server does: a key that is there twice is an error. */
  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private static final String DIGEST = "sha256:" + "0a".repeat(32);

  private Helm helm = new Helm(Path.of("helm"));

  @BeforeEach
  void helmIsThere() throws IOException {
    helm = Helm.here();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.5", "1.0", "3", "0.5", "100"})
  void aTimerFactorMayBeWrittenAsHelmReadsItFromACommandLine(String factor) throws Exception {
    List<JsonNode> objects = objects("kibi", "--set", "timerFactor=" + factor);
    assertThat(environment(objects, "KIBI_TIMER_FACTOR")).isEqualTo(factor);
  }

  @ParameterizedTest
  @CsvSource({
    "kibi, podLabels, Deployment, /spec/template/metadata/labels, app.kubernetes.io/name,"
        + " kibi-operator",
    "kibi, podMonitor.labels, PodMonitor, /metadata/labels, app.kubernetes.io/instance, shop",
    "kibi-cluster, labels, CacheCluster, /metadata/labels, app.kubernetes.io/managed-by, Helm",
  })
  void aLabelOfTheChartIsThereOnceWhateverIsAskedFor(
      String chart, String value, String kind, String labels, String key, String own)
      throws Exception {
    String asked = value + "." + key.replace(".", "\\.") + "=mine," + value + ".team=storage";
    String shown = chart.equals("kibi") ? "podMonitor.enabled=true" : "replicas=1";
    List<JsonNode> objects = objects(chart, "--set", asked, "--set", shown);
    JsonNode rendered = of(objects, kind).getFirst().at(labels);
    assertThat(rendered.path(key).asText()).isEqualTo(own);
    assertThat(rendered.path("team").asText()).isEqualTo("storage");
  }

  @ParameterizedTest
  @CsvSource({"true, required, 1", "false, off, 0"})
  void onlyAnOperatorThatMakesCertificatesMayReadSecrets(String enabled, String setting, int rights)
      throws Exception {
    List<JsonNode> objects = objects("kibi", "--set", "peerTls.enabled=" + enabled);
    assertThat(environment(objects, "KIBI_PEER_TLS")).isEqualTo(setting);
    assertThat(of(objects, "ClusterRole").getFirst().path("rules"))
        .filteredOn(rule -> rule.path("resources").toString().contains("secrets"))
        .hasSize(rights)
        .allSatisfy(rule ->
            assertThat(rule.path("verbs").toString()).isEqualTo("[\"get\",\"create\",\"update\"]"));
  }

  @Test
  void anImageIsNamedByItsDigestWhereThatIsGiven() throws Exception {
    assertThat(image("--set", "image.tag=9.9.9")).isEqualTo("kibi/operator:9.9.9");
    assertThat(image("--set", "image.tag=9.9.9,image.digest=" + DIGEST))
        .isEqualTo("kibi/operator@" + DIGEST);
  }

  @Test
  void twoReleasesInOneNamespaceEachElectTheirOwnOperator() throws Exception {
    for (String release : List.of("first", "second")) {
      List<JsonNode> objects =
          parse(helm.templateAs(release, "caches", "kibi", "--set", "crds.install=false"));
      String lease = environment(objects, "KIBI_LEASE_NAME");
      assertThat(lease).startsWith(release);
      JsonNode rules =
          of(objects, "Role").stream()
              .filter(role -> role.at("/metadata/name").asText().endsWith("-lease"))
              .findFirst()
              .orElseThrow()
              .path("rules");
      assertThat(rules).hasSize(2);
      assertThat(rules.get(0).path("verbs").toString()).isEqualTo("[\"create\"]");
      assertThat(rules.get(1).path("resourceNames").toString()).isEqualTo("[\"" + lease + "\"]");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "replicas=2, '{\"any\":true}'",
    "'watchNamespaces={a,b}', '{\"matchNames\":[\"a\",\"b\"]}'"
  })
  void nodesAreMonitoredWhereverClustersMayBe(String watched, String namespaces) throws Exception {
    List<JsonNode> monitors =
        of(objects("kibi", "--set", "podMonitor.enabled=true", "--set", watched), "PodMonitor");
    assertThat(monitors).hasSize(2);
    JsonNode nodes = monitors.get(1).path("spec");
    assertThat(nodes.at("/selector/matchLabels/app.kubernetes.io~1managed-by").asText())
        .isEqualTo("kibi-operator");
    assertThat(nodes.path("namespaceSelector").toString()).isEqualTo(namespaces);
  }

  @Test
  void whoLetsTheDefinitionsGoIsToldToDeleteTheClustersFirst() throws Exception {
    assertThat(helm.run("install", "shop", "../helm/kibi", "--dry-run=client"))
        .contains("kubectl delete cacheclusters --all --all-namespaces")
        .doesNotContain("crds.keep is false");
    assertThat(
            helm.run(
                "install", "shop", "../helm/kibi", "--dry-run=client", "--set", "crds.keep=false"))
        .contains("crds.keep is false");
  }

  private String image(String... options) throws Exception {
    return of(objects("kibi", options), "Deployment")
        .getFirst()
        .at("/spec/template/spec/containers/0/image")
        .asText();
  }

  private static String environment(List<JsonNode> objects, String name) {
    for (JsonNode variable :
        of(objects, "Deployment").getFirst().at("/spec/template/spec/containers/0/env")) {
      if (variable.path("name").asText().equals(name)) {
        return variable.path("value").asText();
      }
    }
    throw new AssertionError(name + ": not among the operator's variables");
  }

  private static List<JsonNode> of(List<JsonNode> objects, String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
  }

  private List<JsonNode> objects(String chart, String... options) throws Exception {
    return parse(helm.template(chart, options));
  }

  private static List<JsonNode> parse(String rendered) throws IOException {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(rendered)) {
      return documents.readAll();
    }
  }
}
