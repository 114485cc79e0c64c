package dev.kibi.operator.nodelink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kibi.crds.authority.InMemoryAuthority;
import dev.kibi.operator.fake.FakeNode;
import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.NodeReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeLinksTest {
  private static final String UID = "cluster-uid";
  private static final ClusterKey CLUSTER = new ClusterKey("test", "shop");
  private static final String ADDRESS = "127.77.0.1";
  private static final PodAddress POD = new PodAddress("shop-0-0", "pod-uid", ADDRESS);

  private final AtomicInteger wakeUps = new AtomicInteger();
  private int port;
  private NodeLinks links;

  @BeforeEach
  void open() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(ADDRESS))) {
      port = socket.getLocalPort();
    }
    links =
        new NodeLinks(
            LinkSettings.scaled(port, 2), new PeerSockets(false), _ -> wakeUps.incrementAndGet());
  }

  @AfterEach
  void close() {
    links.close();
  }

  @Test
  void a_node_that_answers_is_heard_and_equal_reports_wake_nobody() throws IOException {
    try (FakeNode node = node(POD)) {
      links.sync(CLUSTER, UID, List.of(POD));
      untilState(LinkState.OPEN);
      int woken = wakeUps.get();

      node.lsn = 5_000;
      await().until(() -> reported().lsn() == 5_000);

      assertThat(wakeUps.get()).isEqualTo(woken);
      node.suspects = List.of(node.id());
      await().until(() -> wakeUps.get() > woken);
    }
  }

  @Test
  void a_killed_node_is_refused_and_wakes_at_once_and_its_next_incarnation_is_found()
      throws IOException {
    FakeNode first = node(POD);
    links.sync(CLUSTER, UID, List.of(POD));
    untilState(LinkState.OPEN);
    int woken = wakeUps.get();

    first.close();
    untilState(LinkState.REFUSED);
    assertThat(wakeUps.get()).isGreaterThan(woken);

    try (FakeNode second = node(POD)) {
      await().until(() -> reported().node().equals(second.id()));
      assertThat(view().state()).isEqualTo(LinkState.OPEN);
    }
  }

  @Test
  void a_silent_node_wakes_once_stays_open_and_wakes_again_when_it_speaks() throws IOException {
    try (FakeNode node = node(POD)) {
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
  void a_node_of_another_pod_at_the_same_address_is_not_taken_for_ours() throws IOException {
    PodAddress other = new PodAddress("shop-0-0", "other-uid", ADDRESS);
    try (FakeNode node = node(other)) {
      links.sync(CLUSTER, UID, List.of(POD));
      untilState(LinkState.LOST);

      assertThat(view().report()).isNull();
      assertThat(node.version()).isZero();
    }
  }

  @Test
  void bytes_that_are_no_frame_end_the_link() throws IOException {
    try (ServerSocket garbage = new ServerSocket(port, 5, InetAddress.getByName(ADDRESS))) {
      links.sync(CLUSTER, UID, List.of(POD));
      try (Socket link = garbage.accept()) {
        link.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        untilState(LinkState.LOST);
      }
    }
  }

  @Test
  void the_newest_topology_reaches_nodes_that_connect_later_and_an_older_one_nobody()
      throws IOException {
    links.sync(CLUSTER, UID, List.of(POD));
    links.push(CLUSTER, topology(7));
    links.push(CLUSTER, topology(6));

    try (FakeNode node = node(POD)) {
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
    links.sync(CLUSTER, UID, List.of(POD));
    untilState(LinkState.REFUSED);
    links.push(CLUSTER, topology(5));
    links.order(CLUSTER, POD.podUid(), new Frame.Switchover(0, 1, first));
    links.order(CLUSTER, POD.podUid(), new Frame.Switchover(0, 1, second));

    try (FakeNode node = node(POD)) {
      await().until(() -> node.order().isPresent());

      assertThat(node.order().orElseThrow().to()).isEqualTo(second);
      assertThat(node.version()).isEqualTo(5);
    }
  }

  @Test
  void the_link_of_a_pod_that_is_gone_is_closed() throws IOException {
    try (FakeNode node = node(POD)) {
      links.sync(CLUSTER, UID, List.of(POD));
      untilState(LinkState.OPEN);

      links.sync(CLUSTER, UID, List.of());

      assertThat(links.view(CLUSTER, POD.podUid())).isEmpty();
      assertThat(links.count()).isEmpty();
      links.push(CLUSTER, topology(3));
      await().during(Duration.ofMillis(300)).until(() -> node.version() == 0);
    }
  }

  private FakeNode node(PodAddress pod) throws IOException {
    return new FakeNode(
        UID,
        pod.podName(),
        pod.podUid(),
        pod.ip(),
        port,
        0,
        new InMemoryAuthority(),
        ConcurrentHashMap.newKeySet(),
        null);
  }

  private void untilState(LinkState state) {
    await().atMost(Duration.ofSeconds(20)).until(() -> view().state() == state);
  }

  private LinkView view() {
    return links.view(CLUSTER, POD.podUid()).orElseThrow();
  }

  private NodeReport reported() {
    return Optional.ofNullable(view().report()).orElseThrow();
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
