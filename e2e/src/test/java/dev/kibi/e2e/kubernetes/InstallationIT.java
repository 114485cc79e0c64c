package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/** The ways to install: both charts, their test, and plain manifests. */
@OnKubernetes
class InstallationIT {

  @Test
  void the_charts_own_test_makes_a_cluster_and_writes_and_reads(
      Installation installation, Machines machines) throws Exception {
    installation.upgrade("test.image=" + machines.clientImage());
    assertThat(installation.test()).contains("Phase:          Succeeded");
  }

  @Test
  void the_chart_of_a_cluster_makes_one_and_takes_it_away(TestNamespace namespace) {
    Tool.HELM.run(
        "install",
        "shop",
        Installation.chart("kibi-cluster").toString(),
        "--namespace=" + namespace.name(),
        "--set=shards=1,replicas=1,spec.image=" + Environment.nodeImage(),
        "--set-json=spec.imagePullSecrets=" + Environment.pullSecrets());
    Cache cache = new Cache(namespace.client(), namespace.name(), "shop").awaitSettled();
    try (RedisClusterClient client = cache.jedis()) {
      assertThat(client.set("a", "b")).isEqualTo("OK");
    }
    Tool.HELM.run("uninstall", "shop", "--namespace=" + namespace.name(), "--wait");
    assertThat(namespace.kubectl("get", "cachecluster", "--output=name")).isEmpty();
  }

  @Test
  void pitfall18_the_definitions_fit_into_the_annotation_of_kubectl_apply(TestNamespace namespace) {
    String definitions = Installation.chart("kibi").resolve("files/crds").toString();
    assertThat(namespace.kubectl("apply", "--dry-run=server", "-f", definitions))
        .contains("cacheclusters.kibi.dev", "cachetopologies.kibi.dev");
  }

  @Test
  void plain_manifests_install_the_operator_too(
      TestNamespace namespace, Installation installation) {
    Requirements.imagesWithoutPrefix();
    String manifests = Installation.directory("deploy").toString();
    installation.close();
    try {
      Tool.KUBECTL.run("apply", "--server-side", "-k", manifests);
      Tool.KUBECTL.run(
          "--namespace",
          Installation.NAMESPACE,
          "rollout",
          "status",
          "deployment/kibi-operator",
          "--timeout=3m");
      Cache cache = namespace.cache("shop", 1, 1).awaitSettled();
      cache.delete();
    } finally {
      Tool.KUBECTL.run("delete", "-k", manifests, "--timeout=3m");
      installation.install();
    }
  }
}
