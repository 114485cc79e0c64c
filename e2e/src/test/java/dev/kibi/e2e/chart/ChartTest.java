package dev.kibi.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The charts are clean, render what is committed, and refuse nonsense with the name of the value.
 *
 * <p>After a change of a chart write the committed renderings anew with {@code mvn test -pl e2e -am
 * -Dtest=ChartTest -Dkibi.charts.write=true -Dsurefire.failIfNoSpecifiedTests=false}, look at the
 * difference, commit.
 */
class ChartTest {

  private static final Path CHARTS = Path.of("../helm");
  private static final Path RENDERED = Path.of("src/test/resources/golden/charts");

  private Helm helm = new Helm(Path.of("helm"));

  @BeforeEach
  void helmIsThere() throws IOException {
    helm = Helm.find().orElseGet(() -> Assumptions.abort("no helm here"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kibi", "kibi-cluster"})
  void helmFindsNothingToSayAboutTheChart(String chart) throws Exception {
    assertThat(helm.run("lint", "--strict", CHARTS.resolve(chart).toString()))
        .contains("0 chart(s) failed")
        .doesNotContain("[WARNING]");
  }

  @Test
  void thePlainManifestsAreWhatTheChartRendersByDefault() throws Exception {
    String rendered = render("kibi", "kibi", "kibi-system", "--skip-tests");
    assertCommitted(Path.of("../deploy/kibi.yaml"), rendered);
  }

  @ParameterizedTest
  @CsvSource({"kibi, namespaced", "kibi, everything", "kibi-cluster, cluster"})
  void theChartRendersWhatIsCommitted(String chart, String values) throws Exception {
    String rendered =
        render(chart, "shop", "caches", "--values", RENDERED.resolve(values + ".values.yaml") + "");
    assertCommitted(RENDERED.resolve(values + ".yaml"), rendered);
  }

  @Test
  void anOperatorOfSomeNamespacesGetsNoRightBeyondThem() throws Exception {
    assertThat(render("kibi", "shop", "caches", "--set", "watchNamespaces={a,b}"))
        .doesNotContain("kind: ClusterRole")
        .contains("namespace: a", "namespace: b");
  }

  @ParameterizedTest
  @CsvSource({
    "kibi, replicas=0, replicas",
    "kibi, replicas=many, replicas",
    "kibi, imagee.tag=1, imagee",
    "kibi, timerFactor=0, timerFactor",
    "kibi, watchNamespaces={A}, watchNamespaces",
    "kibi, image.pullPolicy=Sometimes, pullPolicy",
    "kibi-cluster, shards=0, shards",
    "kibi-cluster, replicas=-1, replicas",
    "kibi-cluster, name=Shop, name",
    "kibi-cluster, spec.shards=5, spec",
    "kibi-cluster, nonsense=1, nonsense",
  })
  void nonsenseIsRefusedByName(String chart, String value, String named) {
    assertThatThrownBy(() -> render(chart, "shop", "caches", "--set", value))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(named)
        .hasMessageContaining("exit ");
  }

  private String render(String chart, String release, String namespace, String... options)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "template",
                release,
                CHARTS.resolve(chart).toString(),
                "--namespace",
                namespace,
                "--kube-version",
                "1.34.0"));
    arguments.addAll(List.of(options));
    return helm.run(arguments.toArray(String[]::new));
  }

  private static void assertCommitted(Path committed, String rendered) throws IOException {
    if (Boolean.getBoolean("kibi.charts.write")) {
      Files.writeString(committed, rendered);
    }
    assertThat(committed)
        .as("%s differs from the chart (write it anew: see the javadoc of this test)", committed)
        .content()
        .isEqualTo(rendered);
  }
}
