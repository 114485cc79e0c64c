package dev.kibi.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    helm = Helm.here();
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
    String rendered = helm.templateAs("kibi", "kibi-system", "kibi", "--skip-tests");
    assertCommitted(Path.of("../deploy/kibi.yaml"), rendered);
  }

  @ParameterizedTest
  @CsvSource({"kibi, namespaced", "kibi, everything", "kibi-cluster, cluster"})
  void theChartRendersWhatIsCommitted(String chart, String values) throws Exception {
    String rendered =
        helm.template(chart, "--values", RENDERED.resolve(values + ".values.yaml").toString());
    assertCommitted(RENDERED.resolve(values + ".yaml"), rendered);
  }

  @Test
  void anOperatorOfSomeNamespacesGetsNoRightBeyondThem() throws Exception {
    assertThat(helm.template("kibi", "--set", "watchNamespaces={a,b}"))
        .doesNotContain("kind: ClusterRole")
        .contains("namespace: a", "namespace: b");
  }

  @ParameterizedTest
  @CsvSource({
    "kibi, replicas=0, replicas",
    "kibi, replicas=many, replicas",
    "kibi, replicas=null, replicas",
    "kibi, imagee.tag=1, imagee",
    "kibi, image=null, image",
    "kibi, image.repository=has space, repository",
    "kibi, image.tag=a b, tag",
    "kibi, image.digest=sha256:1, digest",
    "kibi, image.pullPolicy=null, pullPolicy",
    "kibi, imagePullSecrets[0].name=Bad Name, imagePullSecrets",
    "kibi, crds=null, crds",
    "kibi, crds.keep=null, keep",
    "kibi, serviceAccount=null, serviceAccount",
    "kibi, serviceAccount.name=Bad Name!, serviceAccount",
    "kibi, priorityClassName=Bad Name!, priorityClassName",
    "kibi, resources=null, resources",
    "kibi, resources.limits.memory=potato, memory",
    "kibi, resources.memory=1Gi, resources",
    "kibi, podDisruptionBudget=null, podDisruptionBudget",
    "kibi, networkPolicy=null, networkPolicy",
    "kibi, networkPolicy.metricsFrom[0].foo=bar, metricsFrom",
    "kibi, podMonitor=null, podMonitor",
    "kibi, podMonitor.interval=null, interval",
    "kibi, test=null, test",
    "kibi, test.cluster=null, cluster",
    "kibi, test.image=has space, image",
    "kibi, watchNamespaces=null, watchNamespaces",
    "kibi, timerFactor=0, timerFactor",
    "kibi, timerFactor=0.0, timerFactor",
    "kibi, timerFactor=100.5, timerFactor",
    "kibi, timerFactor=fast, timerFactor",
    "kibi, timerFactor=null, timerFactor",
    "kibi, peerTls=null, peerTls",
    "kibi, peerTls.enabled=maybe, enabled",
    "kibi, watchNamespaces={A}, watchNamespaces",
    "kibi, image.pullPolicy=Sometimes, pullPolicy",
    "kibi-cluster, shards=0, shards",
    "kibi-cluster, replicas=-1, replicas",
    "kibi-cluster, replicas=null, replicas",
    "kibi-cluster, name=Shop, name",
    "kibi-cluster, spec.shards=5, spec",
    "kibi-cluster, nonsense=1, nonsense",
  })
  void nonsenseIsRefusedByName(String chart, String value, String named) {
    assertThatThrownBy(() -> helm.template(chart, "--set", value))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(named)
        .hasMessageContaining("exit ");
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
