package dev.kibi.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.kibi.e2e.process.AcknowledgedWriter;
import dev.kibi.e2e.process.PeerProbe;
import dev.kibi.e2e.process.PeerSecretsOf;
import dev.kibi.operator.certificate.Authority;
import dev.kibi.operator.certificate.Holdings;
import dev.kibi.operator.model.Names;
import dev.kibi.protocol.peer.PeerIdentity;
import dev.kibi.protocol.peer.PeerName;
import dev.kibi.protocol.peer.PeerRole;
import dev.kibi.protocol.topology.NodeInfo;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/** Who reaches a node's port 16379 gets nowhere without a certificate of the cluster. */
@OnKubernetes
class PeerTlsIT {
  /** The operator looks once a minute; a kubelet brings a changed Secret within two. */
  private static final Duration BROUGHT = Duration.ofMinutes(5);

  @Test
  void an_intruder_is_refused_without_a_certificate_and_with_one_of_another_cluster(
      TestNamespace namespace) throws Exception {
    Cache shop = namespace.cache("shop", 1, 1).awaitSettled();
    Cache other = namespace.cache("other", 1, 0).awaitSettled();
    List<X509Certificate> trusted = holdings(shop).trusted();
    PeerIdentity ours = PeerProbe.signed(authority(shop), name(shop, PeerRole.OPERATOR), trusted);
    PeerIdentity theirs =
        PeerProbe.signed(authority(other), name(shop, PeerRole.OPERATOR), trusted);
    PeerIdentity node = PeerProbe.signed(authority(shop), name(shop, PeerRole.NODE), trusted);

    for (NodeInfo each : shop.topology().nodes()) {
      assertThat(PeerProbe.reported(each, ours)).isEqualTo(shown(shop));
      assertThatIOException().isThrownBy(() -> PeerProbe.askedInTheClear(each, uid(shop)));
      assertThatIOException().isThrownBy(() -> PeerProbe.askedWithoutCertificate(each, ours));
      assertThatIOException().isThrownBy(() -> PeerProbe.reported(each, theirs));
      assertThatIOException()
          .as("a node's certificate opens no operator's link")
          .isThrownBy(() -> PeerProbe.reported(each, node));
    }
    shop.awaitSettled();
  }

  @Test
  void deleted_secrets_are_made_again_while_clients_write(TestNamespace namespace)
      throws Exception {
    Cache cache = namespace.cache("shop", 1, 1).awaitSettled();
    X509Certificate before = shown(cache);
    try (PodHistory pods = PodHistory.of(cache);
        RedisClusterClient client = cache.jedis();
        AcknowledgedWriter writer = new AcknowledgedWriter(client, "secrets", 2)) {
      namespace.kubectl("delete", "secret", Names.peerNodeSecret("shop"));
      await().atMost(BROUGHT).ignoreExceptions().until(() -> !shown(cache).equals(before));
      X509Certificate next = shown(cache);
      PeerIdentity ours =
          PeerProbe.signed(
              authority(cache), name(cache, PeerRole.OPERATOR), holdings(cache).trusted());
      for (NodeInfo node : cache.topology().nodes()) {
        await()
            .atMost(BROUGHT)
            .ignoreExceptions()
            .until(() -> PeerProbe.reported(node, ours).equals(next));
      }
      assertThat(writer.failures()).isEmpty();
      writer.stopAndVerify();
      assertThat(pods.left()).isEmpty();
    }
    cache.awaitSettled();
  }

  private static X509Certificate shown(Cache cache) {
    return Objects.requireNonNull(holdings(cache).node()).certificate();
  }

  private static Authority authority(Cache cache) {
    return Objects.requireNonNull(holdings(cache).authority());
  }

  private static Holdings holdings(Cache cache) {
    return PeerSecretsOf.read(cache.client(), cache.namespace(), cache.name());
  }

  private static PeerName name(Cache cache, PeerRole role) {
    return new PeerName(uid(cache), role);
  }

  private static String uid(Cache cache) {
    return cache.resource().getMetadata().getUid();
  }
}
