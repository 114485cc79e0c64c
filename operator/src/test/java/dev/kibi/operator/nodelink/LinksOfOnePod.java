package dev.kibi.operator.nodelink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kibi.crds.authority.InMemoryAuthority;
import dev.kibi.operator.fake.FakeNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Control links to the one pod of a cluster, at an address of its own. */
final class LinksOfOnePod implements AutoCloseable {
  static final String UID = "cluster-uid";
  static final ClusterKey CLUSTER = new ClusterKey("test", "shop");

  final PodAddress pod;
  final int port;
  final AtomicInteger wakeUps = new AtomicInteger();
  final NodeLinks links;

  LinksOfOnePod(String address, PeerSockets sockets) throws IOException {
    pod = new PodAddress("shop-0-0", "pod-uid", address);
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
      port = socket.getLocalPort();
    }
    links = new NodeLinks(LinkSettings.scaled(port, 2), sockets, _ -> wakeUps.incrementAndGet());
  }

  /** A node that says it is in the given pod; null for links in the clear. */
  FakeNode node(PodAddress saysItIs, @Nullable SSLContext tls) throws IOException {
    return node(UID, saysItIs, tls);
  }

  FakeNode node(String clusterUid, PodAddress saysItIs, @Nullable SSLContext tls)
      throws IOException {
    return new FakeNode(
        clusterUid,
        saysItIs.podName(),
        saysItIs.podUid(),
        saysItIs.ip(),
        port,
        0,
        new InMemoryAuthority(),
        ConcurrentHashMap.newKeySet(),
        tls);
  }

  void sync() {
    links.sync(CLUSTER, UID, List.of(pod));
  }

  LinkView view() {
    return links.view(CLUSTER, pod.podUid()).orElseThrow();
  }

  void untilState(LinkState state) {
    await().atMost(Duration.ofSeconds(20)).until(() -> view().state() == state);
  }

  void assertSilenceWakesOnceAndBreaksNothing(FakeNode node) {
    sync();
    untilState(LinkState.OPEN);
    int woken = wakeUps.get();

    node.silent = true;
    await().until(() -> wakeUps.get() == woken + 1);
    node.silent = false;

    await().until(() -> wakeUps.get() == woken + 2);
    assertThat(view().state()).isEqualTo(LinkState.OPEN);
  }

  void assertNobodyIsHeard(FakeNode node, RefusedFrames.Reason reason) {
    sync();
    untilState(LinkState.LOST);
    assertThat(view().report()).isNull();
    assertThat(node.version()).isZero();
    assertRefusedOnlyAs(reason);
  }

  void assertRefusedOnlyAs(RefusedFrames.Reason... reasons) {
    assertThat(RefusedFrames.Reason.values())
        .filteredOn(reason -> links.refused().total(reason) > 0)
        .containsExactly(reasons);
  }

  @Override
  public void close() {
    links.close();
  }
}
