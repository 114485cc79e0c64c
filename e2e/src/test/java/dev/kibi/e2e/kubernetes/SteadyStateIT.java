package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * A cluster to which nothing happens costs the API server no write, but for one: the operator that
 * works renews its Lease, whatever the number of clusters, every few seconds. Leases are not looked
 * at here; Kubernetes itself writes many.
 */
@OnKubernetes
class SteadyStateIT {
  private static final Duration OBSERVED = Duration.ofMinutes(5);

  private static final Set<String> KINDS =
      Set.of(
          "cacheclusters",
          "cachetopologies",
          "statefulsets",
          "pods",
          "secrets",
          "services",
          "serviceaccounts",
          "roles",
          "rolebindings",
          "poddisruptionbudgets");

  private static final Pattern WRITES =
      Pattern.compile(
          "apiserver_request_total\\{.*?resource=\"(\\w+)\".*?verb=\"(POST|PUT|PATCH|APPLY|DELETE)\".*?} (\\S+)");

  @Test
  void pitfall22_nothing_is_written_in_steady_state(TestNamespace namespace) {
    namespace.cache("shop", 3, 1).awaitSettled();
    Map<String, Double> settled = quiet(namespace);
    Awaitility.await()
        .pollInterval(Duration.ofSeconds(15))
        .during(OBSERVED)
        .atMost(OBSERVED.plusMinutes(1))
        .untilAsserted(() -> assertThat(writes(namespace)).isEqualTo(settled));
  }

  /** The numbers once the last writes of the start are done: the same ten seconds apart. */
  private static Map<String, Double> quiet(TestNamespace namespace) {
    Map<String, Double> last = new TreeMap<>();
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(10))
        .until(() -> {
          Map<String, Double> now = writes(namespace);
          boolean same = now.equals(last);
          last.clear();
          last.putAll(now);
          return same;
        });
    return last;
  }

  /**
   * The versions of all objects, the number of the operator's Events (others, such as the kubelet,
   * write some too), and on our own cluster the number of writing requests by kind and verb, which
   * tells of those too that changed nothing.
   */
  private static Map<String, Double> writes(TestNamespace namespace) {
    Map<String, Double> writes = new TreeMap<>(versions(namespace));
    writes.put("Events of the operator", (double) eventsOfTheOperator(namespace));
    if (!Environment.isOurs()) {
      return writes; // others write too, and this API server may be one of several
    }
    for (String line : namespace.client().raw("/metrics").lines().toList()) {
      Matcher matcher = WRITES.matcher(line);
      if (matcher.matches() && KINDS.contains(matcher.group(1))) {
        writes.merge(
            matcher.group(1) + " " + matcher.group(2),
            Double.parseDouble(matcher.group(3)),
            Double::sum);
      }
    }
    return writes;
  }

  private static Map<String, Double> versions(TestNamespace namespace) {
    Map<String, Double> versions = new TreeMap<>();
    namespace
        .kubectl(
            "get",
            String.join(",", KINDS),
            "--output=jsonpath={range .items[*]}{.kind} {.metadata.name}"
                + "={.metadata.resourceVersion}{\"\\n\"}{end}")
        .lines()
        .map(line -> line.split("=", 2))
        .forEach(version -> versions.put(version[0], Double.valueOf(version[1])));
    return versions;
  }

  private static long eventsOfTheOperator(TestNamespace namespace) {
    return namespace.client().v1().events().inNamespace(namespace.name()).list().getItems().stream()
        .filter(event -> event.getReportingComponent().equals("kibi-operator"))
        .count();
  }
}
