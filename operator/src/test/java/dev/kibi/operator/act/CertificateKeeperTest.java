package dev.kibi.operator.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.certificate.Lifetimes;
import dev.kibi.operator.fake.FakeApi;
import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.operator.nodelink.PeerSockets;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Secrets of a cluster on an API server in memory, and a clock that a test moves. */
class CertificateKeeperTest {
  private static final ClusterKey KEY = new ClusterKey("test", "shop");
  private static final Lifetimes LIFETIMES =
      new Lifetimes(Duration.ofDays(3650), Duration.ofDays(90), Duration.ofMinutes(10));

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<String> failures = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private FakeApi api;
  private CacheCluster cluster;
  private CertificateKeeper keeper;

  private final class Hands extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void start() {
    api = new FakeApi();
    cluster = api.create("shop", _ -> {});
    var client = api.operatorClient();
    Clock clock = new Hands();
    keeper =
        new CertificateKeeper(
            client,
            LIFETIMES,
            clock,
            new PeerSockets(true),
            new EventRecorder(client, clock, "operator", metrics),
            metrics);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void both_secrets_are_made_once_and_are_the_clusters() {
    keep();

    assertThat(secret("shop-peer-ca").getData())
        .containsOnlyKeys("ca.crt", "ca.key", "tls.crt", "tls.key");
    assertThat(secret("shop-peer-tls").getData()).containsOnlyKeys("ca.crt", "tls.crt", "tls.key");
    assertThat(List.of(secret("shop-peer-ca"), secret("shop-peer-tls")))
        .allSatisfy(secret ->
            assertThat(secret.getMetadata().getOwnerReferences())
                .singleElement()
                .matches(owner -> owner.getUid().equals(cluster.getMetadata().getUid()))
                .matches(owner -> owner.getBlockOwnerDeletion() == null));
    awaitSaid("PeerCertificatesMade");
    assertThat(metrics.get("kibi.peer.certificate.expiry").tag("of", "node").gauge().value())
        .isEqualTo((double) now.plus(Duration.ofDays(90)).getEpochSecond());
  }

  @Test
  void nothing_is_written_while_nothing_has_to_change() {
    keep();
    awaitSaid("PeerCertificatesMade");
    int written = api.operatorWrites().size();
    for (int minute = 0; minute < 10; minute++) {
      now = now.plus(Duration.ofMinutes(1));
      keep();
    }
    assertThat(api.operatorWrites()).hasSize(written);
  }

  @Test
  void a_deleted_secret_is_made_again_within_a_minute_and_said() {
    keep();
    Secret authority = secret("shop-peer-ca");
    api.client().secrets().inNamespace("test").withName("shop-peer-tls").delete();

    now = now.plus(Duration.ofMinutes(1));
    keep();

    assertThat(secret("shop-peer-tls").getData().get("ca.crt"))
        .isEqualTo(authority.getData().get("ca.crt"));
    awaitSaid("PeerCertificatesMended");
  }

  @Test
  void a_secret_of_somebody_else_is_left_alone_and_said() {
    Secret theirs =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("test")
            .withName("shop-peer-tls")
            .endMetadata()
            .addToData("mine", "bWluZQ==")
            .build();
    api.client().resource(theirs).create();

    keeper.keep(cluster, KEY, failures);

    assertThat(failures)
        .singleElement()
        .asString()
        .contains("Secret shop-peer-tls: not made for this cluster (expected: none, or one owned");
    assertThat(secret("shop-peer-tls").getData()).containsOnlyKeys("mine");
    assertThat(api.operatorWrites()).isEmpty();
    assertThat(keeper.isNew(KEY)).isTrue();
  }

  @Test
  void a_certificate_is_renewed_when_two_thirds_of_its_life_are_over() {
    keep();
    Secret before = secret("shop-peer-tls");
    now = now.plus(Duration.ofDays(60));
    keep();
    assertThat(secret("shop-peer-tls").getData().get("tls.crt"))
        .isNotEqualTo(before.getData().get("tls.crt"));
    assertThat(secret("shop-peer-tls").getData().get("ca.crt"))
        .isEqualTo(before.getData().get("ca.crt"));
    awaitSaid("PeerCertificatesRenewed");
  }

  private void keep() {
    keeper.keep(cluster, KEY, failures);
    assertThat(failures).isEmpty();
  }

  private Secret secret(String name) {
    return api.client().secrets().inNamespace("test").withName(name).require();
  }

  private void awaitSaid(String reason) {
    await()
        .untilAsserted(() ->
            assertThat(api.client().v1().events().inNamespace("test").list().getItems())
                .extracting(Event::getReason)
                .contains(reason));
  }
}
