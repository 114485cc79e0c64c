package dev.kibi.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.kibi.operator.certificate.Authority;
import dev.kibi.operator.certificate.Holdings;
import dev.kibi.protocol.peer.PeerIdentity;
import dev.kibi.protocol.peer.PeerName;
import dev.kibi.protocol.peer.PeerRole;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.Pod;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClusterClient;

/**
 * Certificates and their authority change while clients write, with lives of a minute in the place
 * of months and years. Nobody notices but those who show what is believed no more.
 */
class CertificateRotationIT {
  private static final int SHARDS = 2;
  private static final int REPLICAS = 1;
  private static final Settled SETTLED = new Settled(SHARDS, REPLICAS);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Map<String, String> SHORT_LIVES =
      Map.of(
          "KIBI_PEER_CERTIFICATE_SETTLING",
          "8s",
          "KIBI_PEER_CERTIFICATE_LIFETIME",
          "75s",
          "KIBI_PEER_AUTHORITY_LIFETIME",
          "90s");

  @Test
  void certificatesAndTheirAuthorityChangeWhileClientsWriteAndNothingRestarts() throws Exception {
    try (LocalCluster cluster =
        LocalCluster.start(SHARDS, REPLICAS, Durability.PREFERRED, SHORT_LIVES)) {
      Topology before = SETTLED.awaitRestOn(cluster);
      Map<String, String> pods = lives(cluster);
      Authority first = Objects.requireNonNull(holdings(cluster).authority());
      try (RedisClusterClient client = cluster.jedis();
          AcknowledgedWriter writer = new AcknowledgedWriter(client, "rotation", 2)) {
        Authority second = awaitNextAuthorityAlone(cluster, first);
        long half = writer.acknowledged();

        for (NodeInfo node : before.nodes()) {
          await().atMost(PATIENCE).untilAsserted(() -> assertShownBy(second, node, cluster));
          await().atMost(PATIENCE).untilAsserted(() -> assertRefused(first, node, cluster));
        }
        await().atMost(PATIENCE).until(() -> writer.acknowledged() > half + 100);
        assertThat(writer.failures()).isEmpty();
        assertThat(lives(cluster)).isEqualTo(pods);
        assertThat(cluster.topology().shards())
            .as("no master was lost, no copy left its set")
            .isEqualTo(before.shards());
        writer.stopAndVerify();
        System.out.printf(
            "certificates and authority changed under %d acknowledged writes, 0 failed%n",
            writer.acknowledged());
      }
      assertThat(NodeProcess.of(cluster.master(0)).destroyForcibly()).isTrue();
      SETTLED.awaitRestOn(cluster);
    }
  }

  private static Authority awaitNextAuthorityAlone(LocalCluster cluster, Authority first) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> holdings(cluster),
            held ->
                held.previous() == null
                    && !first
                        .certificate()
                        .equals(Objects.requireNonNull(held.authority()).certificate()))
        .authority();
  }

  private static void assertShownBy(Authority signer, NodeInfo node, LocalCluster cluster)
      throws Exception {
    X509Certificate shown = PeerProbe.reported(node, operator(signer, cluster));
    assertThat(PeerIdentity.hasSigned(signer.certificate(), shown)).isTrue();
  }

  private static void assertRefused(Authority signer, NodeInfo node, LocalCluster cluster) {
    assertThatIOException().isThrownBy(() -> PeerProbe.reported(node, operator(signer, cluster)));
  }

  /** Somebody who believes every authority, and shows a certificate of one. */
  private static PeerIdentity operator(Authority signer, LocalCluster cluster) {
    List<X509Certificate> trusted = new ArrayList<>(holdings(cluster).trusted());
    trusted.add(signer.certificate());
    String uid = cluster.resource().getMetadata().getUid();
    return PeerProbe.signed(
        signer, new PeerName(uid, PeerRole.OPERATOR), trusted.stream().distinct().toList());
  }

  private static Holdings holdings(LocalCluster cluster) {
    return cluster.peerHoldings();
  }

  /** Which process runs in each pod. */
  private static Map<String, String> lives(LocalCluster cluster) {
    Map<String, String> lives = new TreeMap<>();
    for (Pod pod : cluster.pods()) {
      lives.put(
          pod.getMetadata().getUid(),
          pod.getStatus().getContainerStatuses().getFirst().getContainerID());
    }
    return lives;
  }
}
