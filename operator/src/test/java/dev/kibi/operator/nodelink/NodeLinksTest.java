package dev.kibi.operator.nodelink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kibi.operator.fake.FakeNode;
import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.FrameCodec;
import dev.kibi.protocol.wire.NodeReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeLinksTest {
  private static final String UID = LinksOfOnePod.UID;
  private static final ClusterKey CLUSTER = LinksOfOnePod.CLUSTER;
  private static final String ADDRESS = "127.77.0.1";

  private LinksOfOnePod one;
  private NodeLinks links;

  @BeforeEach
  void open() throws IOException {
    one = new LinksOfOnePod(ADDRESS, new PeerSockets(false));
    links = one.links;
  }

  @AfterEach
  void close() {
    one.close();
  }

  @Test
  void a_node_that_answers_is_heard_and_equal_reports_wake_nobody() throws IOException {
    try (FakeNode node = node(one.pod)) {
      one.sync();
      one.untilState(LinkState.OPEN);
      int woken = one.wakeUps.get();

      node.lsn = 5_000;
      await().until(() -> reported().lsn() == 5_000);

      assertThat(one.wakeUps.get()).isEqualTo(woken);
      node.suspects = List.of(node.id());
      await().until(() -> one.wakeUps.get() > woken);
    }
  }

  @Test
  void a_killed_node_is_refused_and_wakes_at_once_and_its_next_incarnation_is_found()
      throws IOException {
    FakeNode first = node(one.pod);
    one.sync();
    one.untilState(LinkState.OPEN);
    int woken = one.wakeUps.get();

    first.close();
    one.untilState(LinkState.REFUSED);
    assertThat(one.wakeUps.get()).isGreaterThan(woken);

    try (FakeNode second = node(one.pod)) {
      await().until(() -> reported().node().equals(second.id()));
      assertThat(one.view().state()).isEqualTo(LinkState.OPEN);
      one.assertRefusedOnlyAs();
    }
  }

  @Test
  void a_silent_node_wakes_once_stays_open_and_wakes_again_when_it_speaks() throws IOException {
    try (FakeNode node = node(one.pod)) {
      one.assertSilenceWakesOnceAndBreaksNothing(node);
    }
  }

  @Test
  void a_node_of_another_pod_at_the_same_address_is_not_taken_for_ours() throws IOException {
    PodAddress other = new PodAddress("shop-0-0", "other-uid", ADDRESS);
    try (FakeNode node = node(other)) {
      one.assertNobodyIsHeard(node, RefusedFrames.Reason.OTHER_NODE);
    }
  }

  @Test
  void a_node_of_another_cluster_at_the_same_address_is_not_taken_for_ours() throws IOException {
    try (FakeNode node = one.node("other-cluster", one.pod, null)) {
      one.assertNobodyIsHeard(node, RefusedFrames.Reason.OTHER_CLUSTER);
    }
  }

  @Test
  void a_frame_that_no_node_sends_ends_the_link() throws IOException {
    assertRefused(
        FrameCodec.encode(new Frame.OperatorHello(UID, one.pod.podUid())),
        RefusedFrames.Reason.UNEXPECTED);
  }

  @Test
  void bytes_that_are_no_frame_end_the_link() throws IOException {
    assertRefused(
        ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
        RefusedFrames.Reason.GARBAGE);
  }

  @Test
  void the_newest_topology_reaches_nodes_that_connect_later_and_an_older_one_nobody()
      throws IOException {
    one.sync();
    links.push(CLUSTER, topology(7));
    links.push(CLUSTER, topology(6));

    try (FakeNode node = node(one.pod)) {
      await().until(() -> node.version() == 7);
      links.push(CLUSTER, topology(8));
      await().until(() -> node.version() == 8);
    }
  }

  @Test
  void the_latest_order_reaches_a_node_that_could_not_be_reached_after_the_topology_it_rests_on()
      throws IOException {
    NodeId first = NodeId.parse("x/1");
    NodeId second = NodeId.parse("y/1");
    one.sync();
    one.untilState(LinkState.REFUSED);
    links.push(CLUSTER, topology(5));
    links.order(CLUSTER, one.pod.podUid(), new Frame.Switchover(0, 1, first));
    links.order(CLUSTER, one.pod.podUid(), new Frame.Switchover(0, 1, second));

    try (FakeNode node = node(one.pod)) {
      await().until(() -> node.order().isPresent());

      assertThat(node.order().orElseThrow().to()).isEqualTo(second);
      assertThat(node.version()).isEqualTo(5);
    }
  }

  @Test
  void the_link_of_a_pod_that_is_gone_is_closed() throws IOException {
    try (FakeNode node = node(one.pod)) {
      one.sync();
      one.untilState(LinkState.OPEN);

      links.sync(CLUSTER, UID, List.of());

      assertThat(links.view(CLUSTER, one.pod.podUid())).isEmpty();
      assertThat(links.count()).isEmpty();
      links.push(CLUSTER, topology(3));
      await().during(Duration.ofMillis(300)).until(() -> node.version() == 0);
    }
  }

  private void assertRefused(ByteBuffer bytes, RefusedFrames.Reason reason) throws IOException {
    try (ServerSocket listener = new ServerSocket(one.port, 5, InetAddress.getByName(ADDRESS))) {
      one.sync();
      try (Socket link = listener.accept()) {
        byte[] sent = new byte[bytes.remaining()];
        bytes.get(sent);
        link.getOutputStream().write(sent);
        one.untilState(LinkState.LOST);
        one.assertRefusedOnlyAs(reason);
      }
    }
  }

  private FakeNode node(PodAddress pod) throws IOException {
    return one.node(pod, null);
  }

  private NodeReport reported() {
    return Optional.ofNullable(one.view().report()).orElseThrow();
  }

  private static Topology topology(long version) {
    NodeInfo other = new NodeInfo(NodeId.parse("x/1"), "x", "", "127.0.0.1");
    return new Topology(
        UID,
        1,
        version,
        1,
        Durability.PREFERRED,
        List.of(other),
        List.of(Shard.bootstrap(0, other.id(), List.of())),
        SlotMap.of(Map.of(0, SlotSet.ALL)),
        List.of(),
        1);
  }
}
