package dev.kibi.crds.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.kibi.crds.CacheTopology;
import dev.kibi.crds.Samples;
import dev.kibi.crds.TopologyMapping;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class KubernetesAuthorityTest extends AuthorityContract {

  private static final ObjectMeta IDENTITY =
      new ObjectMetaBuilder()
          .withNamespace("test")
          .withName("shop")
          .withLabels(Map.of("kibi.dev/cluster", "shop"))
          .build();

  private final Topology first = Samples.twoShards();

  KubernetesMockServer server;
  KubernetesClient client;
  private KubernetesAuthority authority;

  @BeforeEach
  void openAuthority() {
    authority = authorityOf("uid");
  }

  @Override
  Authority authority() {
    return authority;
  }

  @Test
  void theObjectIsCreatedWithWhatItsIdentitySays() {
    authority.compareAndSet(0, first, "op-1");
    assertThat(object().get().getMetadata().getLabels()).containsEntry("kibi.dev/cluster", "shop");
  }

  @Test
  void metadataThatSomeoneElseHasSetIsKept() {
    authority.compareAndSet(0, first, "op-1");
    object().edit(object -> annotated(object, "before"));
    assertThat(authority.compareAndSet(1, Samples.next(first), "op-2"))
        .isInstanceOf(CasOutcome.Applied.class);
    assertThat(object().get().getMetadata().getAnnotations()).containsEntry("note", "before");
  }

  @Test
  void anotherAuthorityThatWroteFirstIsSeenAsAConflict() {
    authority.compareAndSet(0, first, "op-1");
    KubernetesAuthority other = authorityOf("uid");
    Topology theirs = Samples.next(first);
    other.compareAndSet(1, theirs, "op-theirs");
    assertThat(authority.compareAndSet(1, Samples.next(first), "op-ours"))
        .isEqualTo(new CasOutcome.Conflict(new StoredTopology(theirs, "op-theirs")));
  }

  @Test
  void anObjectOfAnotherClusterIsAnAuthorityThatIsUnavailable() {
    authority.compareAndSet(0, first, "op-1");
    KubernetesAuthority stranger = authorityOf("another");
    assertThatThrownBy(stranger::get)
        .isInstanceOf(AuthorityUnavailableException.class)
        .hasMessage("CacheTopology test/shop: clusterUid uid (expected: another)");
    assertThatThrownBy(() -> stranger.compareAndSet(1, Samples.next(first), "op-2"))
        .isInstanceOf(AuthorityUnavailableException.class);
  }

  @Test
  void anObjectThatHoldsNoTopologyIsAnAuthorityThatIsUnavailable() {
    authority.compareAndSet(0, first, "op-1");
    object()
        .edit(object -> {
          object.getSpec().getSlots().getFirst().setRanges("5-");
          return object;
        });
    assertThatThrownBy(authority::get)
        .isInstanceOf(AuthorityUnavailableException.class)
        .hasMessageStartingWith("CacheTopology test/shop: holds no topology: slots:");
  }

  @Test
  void aDeletedObjectIsAnAuthorityThatIsUnavailable() {
    authority.compareAndSet(0, first, "op-1");
    object().delete();
    assertThatThrownBy(() -> authority.compareAndSet(1, Samples.next(first), "op-2"))
        .isInstanceOf(AuthorityUnavailableException.class);
    assertThat(authority.get()).isEmpty();
  }

  @Test
  void aServerThatFailsLeavesTheOutcomeUnknown() {
    authority.compareAndSet(0, first, "op-1");
    server.expect().put().withPath(path()).andReturn(500, "{}").once();
    assertThatThrownBy(() -> authority.compareAndSet(1, Samples.next(first), "op-2"))
        .isInstanceOf(AuthorityUnavailableException.class);
    assertThat(authority.compareAndSet(1, Samples.next(first), "op-2"))
        .isInstanceOf(CasOutcome.Applied.class);
  }

  @Test
  void whatTheServerFindsInvalidIsRefused() {
    authority.compareAndSet(0, first, "op-1");
    server
        .expect()
        .put()
        .withPath(path())
        .andReturn(
            422,
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":422,"
                + "\"message\":\"spec: shards: an epoch fell\"}")
        .once();
    assertThat(authority.compareAndSet(1, Samples.next(first), "op-2"))
        .isInstanceOfSatisfying(
            CasOutcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("shards: an epoch fell"));
  }

  @Test
  void aCallEndsWithItsDeadlineWhenTheServerDoesNotAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        KubernetesClient lost =
            new KubernetesClientBuilder().withConfig(configOf(silent)).build()) {
      Authority impatient = new KubernetesAuthority(lost, IDENTITY, "uid", Duration.ofMillis(200));
      assertTimeoutPreemptively(
          Duration.ofMinutes(1),
          () ->
              assertThatThrownBy(impatient::get).isInstanceOf(AuthorityUnavailableException.class));
    }
  }

  @Test
  void aWatchHandsOverNothingOfAnotherCluster() {
    authority.compareAndSet(0, first, "op-1");
    List<Topology> theirs = new CopyOnWriteArrayList<>();
    List<Topology> ours = new CopyOnWriteArrayList<>();
    try (TopologyWatch stranger = authorityOf("another").watch(theirs::add);
        TopologyWatch own = authority.watch(ours::add)) {
      assertThat(stranger).isNotSameAs(own);
      advanceUntil(() -> ours.size() >= 2);
    }
    assertThat(theirs).isEmpty();
  }

  @Test
  void fieldsThatALaterReleaseAddsAreReadOver() {
    CacheTopology object = new CacheTopology();
    object.setMetadata(new ObjectMetaBuilder(IDENTITY).build());
    object.setSpec(TopologyMapping.toSpec(first, "op-1"));
    String json = client.getKubernetesSerialization().asJson(object);
    String later = json.replaceFirst("\"spec\":\\{", "\"spec\":{\"addedLater\":true,");
    assertThat(later).isNotEqualTo(json);
    CacheTopology read = client.getKubernetesSerialization().unmarshal(later, CacheTopology.class);
    assertThat(TopologyMapping.toTopology(read.getSpec())).isEqualTo(first);
  }

  private KubernetesAuthority authorityOf(String clusterUid) {
    return new KubernetesAuthority(client, IDENTITY, clusterUid, Duration.ofMinutes(1));
  }

  private Resource<CacheTopology> object() {
    return client.resources(CacheTopology.class).inNamespace("test").withName("shop");
  }

  private static Config configOf(ServerSocket server) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("http://127.0.0.1:" + server.getLocalPort())
        .withRequestTimeout(Math.toIntExact(Duration.ofHours(1).toMillis()))
        .build();
  }

  private static String path() {
    return "/apis/kibi.dev/v1alpha1/namespaces/test/cachetopologies/shop";
  }

  private static CacheTopology annotated(CacheTopology object, String note) {
    object.getMetadata().setAnnotations(Map.of("note", note));
    return object;
  }
}
