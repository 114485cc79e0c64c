package dev.kibi.operator.nodelink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.operator.act.CertificateIssuer;
import dev.kibi.operator.certificate.Authority;
import dev.kibi.operator.certificate.Leaf;
import dev.kibi.operator.certificate.Validity;
import dev.kibi.operator.fake.FakeNode;
import dev.kibi.protocol.peer.PeerHandshake;
import dev.kibi.protocol.peer.PeerIdentity;
import dev.kibi.protocol.peer.PeerName;
import dev.kibi.protocol.peer.PeerRole;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Control links with TLS, to nodes that are who they should be and to others. */
class TlsLinksTest {
  private final CertificateIssuer issuer = new CertificateIssuer();
  private final Validity validity =
      new Validity(Instant.now(), Instant.now().plus(Duration.ofHours(1)));
  private final Authority authority = issuer.authority(LinksOfOnePod.UID, validity);
  private final PeerSockets sockets = new PeerSockets(true);
  private LinksOfOnePod links;

  @BeforeEach
  void open() throws IOException {
    links = new LinksOfOnePod("127.77.0.2", sockets);
  }

  @AfterEach
  void close() {
    links.close();
  }

  @Test
  void a_link_waits_for_certificates_and_opens_when_they_are_there() throws IOException {
    try (FakeNode node = node(authority, PeerRole.NODE)) {
      links.sync();
      links.untilState(LinkState.LOST);

      sockets.use(LinksOfOnePod.CLUSTER, identity(authority, PeerRole.OPERATOR));
      links.untilState(LinkState.OPEN);
      assertThat(node.version()).isZero();
      links.assertRefusedOnlyAs();
    }
  }

  @Test
  void silence_breaks_nothing_that_was_under_way() throws IOException {
    sockets.use(LinksOfOnePod.CLUSTER, identity(authority, PeerRole.OPERATOR));
    try (FakeNode node = node(authority, PeerRole.NODE)) {
      links.assertSilenceWakesOnceAndBreaksNothing(node);
    }
  }

  @Test
  void who_has_the_address_but_not_the_certificate_of_a_node_of_the_cluster_is_not_heard()
      throws IOException {
    sockets.use(LinksOfOnePod.CLUSTER, identity(authority, PeerRole.OPERATOR));
    Authority stranger = issuer.authority("other", validity);
    try (FakeNode node = node(stranger, PeerRole.NODE)) {
      links.assertNobodyIsHeard(node, RefusedFrames.Reason.UNTRUSTED);
    }
  }

  @Test
  void an_operator_is_no_node() throws IOException {
    sockets.use(LinksOfOnePod.CLUSTER, identity(authority, PeerRole.OPERATOR));
    try (FakeNode node = node(authority, PeerRole.OPERATOR)) {
      links.assertNobodyIsHeard(node, RefusedFrames.Reason.UNTRUSTED);
    }
  }

  @Test
  void a_killed_node_is_refused_with_tls_as_without() throws IOException {
    sockets.use(LinksOfOnePod.CLUSTER, identity(authority, PeerRole.OPERATOR));
    FakeNode node = node(authority, PeerRole.NODE);
    links.sync();
    links.untilState(LinkState.OPEN);
    node.close();
    links.untilState(LinkState.REFUSED);
    links.assertRefusedOnlyAs();
  }

  private PeerIdentity identity(Authority signer, PeerRole role) {
    PeerName name = new PeerName(LinksOfOnePod.UID, role);
    Leaf leaf = issuer.leaf(name, signer, validity);
    return new PeerIdentity(name, leaf.certificate(), leaf.key(), List.of(authority.certificate()));
  }

  private FakeNode node(Authority signer, PeerRole role) throws IOException {
    return links.node(links.pod, PeerHandshake.context(identity(signer, role)));
  }
}
