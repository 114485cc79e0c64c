package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.e2e.kubernetes.AuditLog.Right;
import dev.kibi.operator.model.Names;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whoever may do something does it, and nobody asks for what they may not. */
@OnKubernetes
class AccessRightsIT {

  /** Who does not know whether a write was stored reads until it is known, which is rare. */
  private static final Right READ_AFTER_AN_UNKNOWN_OUTCOME =
      new Right("kibi.dev", "cachetopologies", "get");

  /** The operator SDK reads a resource anew whose finalizer somebody else has changed meanwhile. */
  private static final Right READ_AFTER_A_CONFLICT = new Right("kibi.dev", "cacheclusters", "get");

  /** The operator SDK does not start without it, and then patches. */
  private static final Right ASKED_FOR_BY_THE_SDK =
      new Right("coordination.k8s.io", "leases", "update");

  @Test
  void every_right_that_is_granted_is_used_and_no_other_is_asked_for(
      TestNamespace namespace, Installation installation, Machines machines) throws Exception {
    Instant start = Instant.now();
    installation.kill(); // what operators ask for when they start belongs to it
    Cache cache = namespace.cache("shop", 1, 1).awaitSettled();
    Set<Right> ofNodes = granted(namespace);
    haveEverythingDone(cache);
    // Those of a cluster that is deleted may lose their rights before they end.
    assertThat(nodes(namespace, machines.auditLog()).forbidden(start, namespace.name(), ""))
        .isEmpty();
    cache.delete();

    AuditLog log = machines.auditLog();
    AuditLog operator = log.of(Installation.NAMESPACE, "kibi-operator");
    assertThat(operator.forbidden(start, namespace.name(), Installation.NAMESPACE, "")).isEmpty();
    Set<Right> neededByOperator = new TreeSet<>(operator.used());
    neededByOperator.addAll(ofNodes); // nobody grants more than they have
    neededByOperator.addAll(List.of(READ_AFTER_A_CONFLICT, ASKED_FOR_BY_THE_SDK));
    assertThat(neededByOperator).containsAll(granted(namespace.client()));

    Set<Right> neededByNodes = new TreeSet<>(nodes(namespace, log).used());
    neededByNodes.add(READ_AFTER_AN_UNKNOWN_OUTCOME);
    assertThat(neededByNodes).containsAll(ofNodes);
  }

  private static void haveEverythingDone(Cache cache) {
    haveASecretMended(cache);
    cache.scale(2);
    cache.awaitSettled();
    cache.switchOver(0);
    cache.patch("{\"resources\": {\"limits\": {\"memory\": \"336Mi\"}}}");
    cache.awaitSettled();
    cache.scale(1);
    cache.awaitSettled();
  }

  private static AuditLog nodes(TestNamespace namespace, AuditLog log) {
    return log.of(namespace.name(), "shop-node");
  }

  /** Secrets are changed when certificates are renewed, which no test waits for. */
  private static void haveASecretMended(Cache cache) {
    String name = Names.peerNodeSecret(cache.name());
    Tool.KUBECTL.runIn(
        cache.namespace(),
        "patch",
        "secret",
        name,
        "--type=merge",
        "--patch={\"data\": {\"tls.crt\": \"\"}}");
    Awaitility.await()
        .atMost(Cache.PATIENCE)
        .until(() ->
            !cache
                .client()
                .secrets()
                .inNamespace(cache.namespace())
                .withName(name)
                .require()
                .getData()
                .get("tls.crt")
                .isEmpty());
  }

  private static Set<Right> granted(KubernetesClient client) {
    Set<Right> rights = new TreeSet<>();
    String role = "kibi-operator-" + Installation.NAMESPACE;
    rights.addAll(Right.of(client.rbac().clusterRoles().withName(role).require().getRules()));
    rights.addAll(
        Right.of(
            client
                .rbac()
                .roles()
                .inNamespace(Installation.NAMESPACE)
                .withName("kibi-operator-lease")
                .require()
                .getRules()));
    return rights;
  }

  private static Set<Right> granted(TestNamespace namespace) {
    return Right.of(
        namespace
            .client()
            .rbac()
            .roles()
            .inNamespace(namespace.name())
            .withName("shop-node")
            .require()
            .getRules());
  }
}
