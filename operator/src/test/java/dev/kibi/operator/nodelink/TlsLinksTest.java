package dev.kibi.operator.nodelink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kibi.crds.authority.InMemoryAuthority;
import dev.kibi.operator.act.CertificateIssuer;
import dev.kibi.operator.certificate.Authority;
import dev.kibi.operator.certificate.Leaf;
import dev.kibi.operator.certificate.Validity;
import dev.kibi.operator.fake.FakeNode;
import dev.kibi.protocol.peer.PeerIdentity;
import dev.kibi.protocol.peer.PeerKey;
import dev.kibi.protocol.peer.PeerName;
import dev.kibi.protocol.peer.PeerRole;
import dev.kibi.protocol.peer.PeerTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Control links with TLS, to nodes that are who they should be and to others. */
class TlsLinksTest {
  private static final String UID = "cluster-uid";
  private static final ClusterKey CLUSTER = new ClusterKey("test", "shop");
  private static final String ADDRESS = "127.77.0.2";
  private static final PodAddress POD = new PodAddress("shop-0-0", "pod-uid", ADDRESS);

  private final CertificateIssuer issuer = new CertificateIssuer();
  private final Validity validity =
      new Validity(Instant.now(), Instant.now().plus(Duration.ofHours(1)));
  private final Authority authority = issuer.authority(UID, validity);
  private final PeerSockets sockets = new PeerSockets(true);
  private final AtomicInteger wakeUps = new AtomicInteger();
  private int port;
  private NodeLinks links;

  @BeforeEach
  void open() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS))) {
      port = socket.getLocalPort();
    }
    links = new NodeLinks(LinkSettings.scaled(port, 2), sockets, _ -> wakeUps.incrementAndGet());
  }

  @AfterEach
  void close() {
    links.close();
  }

  @Test
  void a_link_waits_for_certificates_and_opens_when_they_are_there() throws IOException {
    try (FakeNode node = node(authority, PeerRole.NODE)) {
      links.sync(CLUSTER, UID, List.of(POD));
      untilState(LinkState.LOST);

      sockets.use(CLUSTER, identity(authority, PeerRole.OPERATOR));
      untilState(LinkState.OPEN);
      assertThat(node.version()).isZero();
    }
  }

  @Test
  void silence_breaks_nothing_that_was_under_way() throws IOException {
    sockets.use(CLUSTER, identity(authority, PeerRole.OPERATOR));
    try (FakeNode node = node(authority, PeerRole.NODE)) {
      links.sync(CLUSTER, UID, List.of(POD));
      untilState(LinkState.OPEN);
      int woken = wakeUps.get();

      node.silent = true;
      await().until(() -> wakeUps.get() == woken + 1);
      node.silent = false;

      await().until(() -> wakeUps.get() == woken + 2);
      assertThat(view().state()).isEqualTo(LinkState.OPEN);
    }
  }

  @Test
  void who_has_the_address_but_not_the_certificate_of_a_node_of_the_cluster_is_not_heard()
      throws IOException {
    sockets.use(CLUSTER, identity(authority, PeerRole.OPERATOR));
    Authority stranger = issuer.authority("other", validity);
    try (FakeNode node = node(stranger, PeerRole.NODE)) {
      links.sync(CLUSTER, UID, List.of(POD));
      untilState(LinkState.LOST);
      assertThat(view().report()).isNull();
      assertThat(node.version()).isZero();
    }
  }

  @Test
  void an_operator_is_no_node() throws IOException {
    sockets.use(CLUSTER, identity(authority, PeerRole.OPERATOR));
    try (FakeNode node = node(authority, PeerRole.OPERATOR)) {
      links.sync(CLUSTER, UID, List.of(POD));
      untilState(LinkState.LOST);
      assertThat(view().report()).isNull();
      assertThat(node.version()).isZero();
    }
  }

  @Test
  void a_killed_node_is_refused_with_tls_as_without() throws IOException {
    sockets.use(CLUSTER, identity(authority, PeerRole.OPERATOR));
    FakeNode node = node(authority, PeerRole.NODE);
    links.sync(CLUSTER, UID, List.of(POD));
    untilState(LinkState.OPEN);
    node.close();
    untilState(LinkState.REFUSED);
  }

  private PeerIdentity identity(Authority signer, PeerRole role) {
    PeerName name = new PeerName(UID, role);
    Leaf leaf = issuer.leaf(name, signer, validity);
    return new PeerIdentity(name, leaf.certificate(), leaf.key(), List.of(authority.certificate()));
  }

  private FakeNode node(Authority signer, PeerRole role) throws IOException {
    return new FakeNode(
        UID,
        POD.podName(),
        POD.podUid(),
        POD.ip(),
        port,
        0,
        new InMemoryAuthority(),
        ConcurrentHashMap.newKeySet(),
        context(identity(signer, role)));
  }

  private static SSLContext context(PeerIdentity identity) {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(
          new KeyManager[] {new PeerKey(identity)},
          new TrustManager[] {PeerTrust.of(identity)},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void untilState(LinkState state) {
    await().atMost(Duration.ofSeconds(20)).until(() -> view().state() == state);
  }

  private LinkView view() {
    return links.view(CLUSTER, POD.podUid()).orElseThrow();
  }
}
