package dev.kibi.node.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.kibi.node.lane.PeerChannel;
import dev.kibi.node.lane.PeerDialer;
import dev.kibi.node.lane.PeerHandler;
import dev.kibi.node.lane.RefusedFrames;
import dev.kibi.node.lane.RefusedFrames.Reason;
import dev.kibi.node.tls.TestAuthority;
import dev.kibi.protocol.peer.PeerIdentity;
import dev.kibi.protocol.peer.PeerRole;
import dev.kibi.protocol.wire.Frame;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peer links on real sockets: who is let in, and what a link is held to. */
class PeerTlsTest {
  private static final String UID = "uid";
  private static final String ADDRESS = "127.0.0.1";
  private static final int FRAME_KIB = 256;
  private static final int FRAMES_MAX = 1000;
  private static final Duration LONG = Duration.ofDays(1);

  private final Vertx vertx = Vertx.vertx();
  private final RefusedFrames refused = new RefusedFrames();
  private final TestAuthority authority = new TestAuthority();
  private final PeerIdentity node = authority.identity(UID, PeerRole.NODE);
  private final BlockingQueue<PeerChannel> accepted = new LinkedBlockingQueue<>();
  private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger mostInOneGo = new AtomicInteger();
  private final AtomicInteger stuckAt = new AtomicInteger(-1);
  private final AtomicInteger ended = new AtomicInteger();
  private volatile boolean broken;
  private volatile Consumer<PeerChannel> pump = this::pump;
  private volatile Context loop;
  private int port;
  private PeerPort peers;

  @BeforeEach
  void listen() throws Exception {
    port = freePort();
    peers = peers(port, node);
    peers.listen(this::accept).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void whoShowsACertificateOfTheClusterIsServedAndKnownByItsRole() throws Exception {
    for (PeerRole role : PeerRole.values()) {
      try (TlsPeer peer = TlsPeer.dial(port, authority.identity(UID, role))) {
        peer.send(new Frame.OperatorHello(UID, "pod"));
        assertThat(next(frames)).isEqualTo(new Frame.OperatorHello(UID, "pod"));
        PeerChannel link = next(accepted);
        assertThat(link.mayBe(role)).isTrue();
        assertThat(List.of(PeerRole.values())).filteredOn(link::mayBe).containsExactly(role);
      }
    }
    assertThat(refused.total(Reason.UNTRUSTED)).isZero();
  }

  @Test
  void whoShowsNoneIsRefused() throws IOException {
    assertRefused(TlsPeer.anonymous(port, node));
  }

  @Test
  void whoShowsOneOfAnotherClusterIsRefused() throws IOException {
    PeerIdentity other =
        new TestAuthority()
            .identity("other", PeerRole.NODE, LONG, List.of(authority.certificate()));
    assertRefused(TlsPeer.believingAnyName(port, other));
  }

  @Test
  void aNameOfAnotherClusterIsRefusedWhoeverHasSignedIt() throws IOException {
    PeerIdentity other =
        authority.identity("other", PeerRole.OPERATOR, LONG, List.of(authority.certificate()));
    assertRefused(TlsPeer.believingAnyName(port, other));
  }

  @Test
  void whoseCertificateHasEndedIsRefused() throws IOException {
    PeerIdentity late =
        authority.identity(
            UID, PeerRole.OPERATOR, Duration.ofMinutes(-1), List.of(authority.certificate()));
    assertRefused(TlsPeer.dial(port, late));
  }

  @Test
  void whoSpeaksInTheClearIsRefused() throws IOException {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
      plain.getOutputStream().write(TlsPeer.bytes(new Frame.OperatorHello(UID, "pod")));
      await().until(() -> refused.total(Reason.UNTRUSTED) == 1);
    }
    assertThat(accepted).isEmpty();
  }

  @Test
  void whoOnlyLooksWhetherThePortIsOpenIsNotCounted() throws Exception {
    new Socket(InetAddress.getLoopbackAddress(), port).close();
    try (TlsPeer peer = TlsPeer.dial(port, node)) {
      peer.send(new Frame.OperatorHello(UID, "pod"));
      next(frames);
    }
    assertThat(refused.total(Reason.UNTRUSTED)).isZero();
  }

  @Test
  void aNodeThatIsDialledMustBeOneOfTheCluster() throws Exception {
    PeerPort dialler = peers(port, authority.identity(UID, PeerRole.NODE));
    assertThat(dial(dialler)).isEqualTo("opened");

    TestAuthority foreign = new TestAuthority();
    PeerIdentity stranger =
        foreign.identity("other", PeerRole.NODE, LONG, List.of(authority.certificate()));
    peers.use(stranger).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    assertThat(dial(dialler)).isEqualTo("UNREACHABLE");

    PeerIdentity operator = authority.identity(UID, PeerRole.OPERATOR);
    peers.use(operator).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    assertThat(dial(dialler)).as("nobody links to an operator").isEqualTo("UNREACHABLE");
    assertThat(refused.total(Reason.UNTRUSTED)).as("each is counted").isGreaterThanOrEqualTo(2);
  }

  @Test
  void aPortThatNobodyListensOnIsStillARefusal() throws Exception {
    assertThat(dial(peers(freePort(), node))).isEqualTo("REFUSED");
  }

  @Test
  void newCertificatesAreForNewLinksAndOpenOnesStay() throws Exception {
    TestAuthority next = new TestAuthority();
    List<X509Certificate> both = List.of(next.certificate(), authority.certificate());
    try (TlsPeer before = TlsPeer.dial(port, authority.identity(UID, PeerRole.OPERATOR))) {
      before.send(new Frame.OperatorHello(UID, "first"));
      next(frames);

      PeerIdentity renewed = next.identity(UID, PeerRole.NODE, LONG, both);
      peers.use(renewed).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
      PeerIdentity operator = authority.identity(UID, PeerRole.OPERATOR, LONG, both);
      try (TlsPeer after = TlsPeer.dial(port, operator)) {
        assertThat(after.certificate()).isEqualTo(renewed.certificate());
        after.send(new Frame.OperatorHello(UID, "second"));
        assertThat(next(frames)).isEqualTo(new Frame.OperatorHello(UID, "second"));
      }
      before.send(new Frame.OperatorHello(UID, "third"));
      assertThat(next(frames)).isEqualTo(new Frame.OperatorHello(UID, "third"));
    }
  }

  @Test
  void anAuthorityThatIsBelievedNoMoreLetsNobodyIn() throws Exception {
    TestAuthority next = new TestAuthority();
    try (TlsPeer before = TlsPeer.dial(port, authority.identity(UID, PeerRole.OPERATOR))) {
      before.send(new Frame.OperatorHello(UID, "first"));
      next(frames);
    }
    peers
        .use(next.identity(UID, PeerRole.NODE))
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    List<X509Certificate> both = List.of(next.certificate(), authority.certificate());
    accepted.clear();
    assertRefused(TlsPeer.dial(port, authority.identity(UID, PeerRole.OPERATOR, LONG, both)));
  }

  @Test
  void aLinkThatIsNotReadIsFullAndSaysWhenItIsNot() throws Exception {
    try (TlsPeer peer = TlsPeer.dial(port, authority.identity(UID, PeerRole.NODE))) {
      peer.send(new Frame.OperatorHello(UID, "pod"));
      next(frames);
      PeerChannel link = next(accepted);
      onLoop(() -> pump(link));
      await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(20)).until(this::isStuck);
      assertThat(sent.get() * FRAME_KIB).as("KiB under way").isLessThan(32 * 1024);
      onLoop(() -> assertThat(link.writable()).isFalse());

      int before = sent.get();
      peer.readAllOf(before);
      await().until(() -> sent.get() > before);
    }
  }

  @Test
  void aLinkThatIsReadAtOnceTakesItsShareOfImagesAndOthersAreServedMeanwhile() throws Exception {
    pump = this::pumpImages;
    PeerIdentity other = authority.identity(UID, PeerRole.NODE);
    try (TlsPeer greedy = TlsPeer.dial(port, other);
        TlsPeer patient = TlsPeer.dial(port, other)) {
      greedy.send(new Frame.OperatorHello(UID, "greedy"));
      next(frames);
      PeerChannel link = next(accepted);
      CompletableFuture<Void> read = CompletableFuture.runAsync(() -> greedy.readAllOf(FRAMES_MAX));
      onLoop(() -> pumpImages(link));
      patient.send(new Frame.OperatorHello(UID, "patient"));
      next(frames);
      assertThat(sent.get()).as("frames sent before it").isLessThan(FRAMES_MAX);
      read.get(60, TimeUnit.SECONDS);
    }
    assertThat(mostInOneGo.get()).as("frames in one turn").isEqualTo(1);
  }

  @Test
  void aFrameThatCannotBeTakenEndsItsLinkAndIsCounted() throws Exception {
    broken = true;
    try (TlsPeer peer = TlsPeer.dial(port, authority.identity(UID, PeerRole.NODE))) {
      peer.send(new Frame.OperatorHello(UID, "pod"));
      await().until(() -> refused.total(Reason.UNEXPECTED) == 1);
      await().until(() -> ended.get() == 1);
    }
    assertThat(refused.total(Reason.UNEXPECTED)).isEqualTo(1);
  }

  @Test
  void aLinkThatEndsInTheMiddleOfAFrameIsCounted() throws Exception {
    try (TlsPeer peer = TlsPeer.dial(port, authority.identity(UID, PeerRole.NODE))) {
      byte[] frame = TlsPeer.bytes(new Frame.OperatorHello(UID, "pod"));
      peer.send(new Frame.OperatorHello(UID, "pod"));
      peer.write(Arrays.copyOf(frame, frame.length - 1));
      next(frames);
    }
    await().until(() -> refused.total(Reason.TRUNCATED) == 1);
  }

  /** As a feed does: as much as the link takes, and more whenever it takes more. */
  private void pump(PeerChannel link) {
    while (link.writable() && sent.get() < FRAMES_MAX) {
      link.send(new Frame.Append(1, 1, 1, 1, ByteBuffer.wrap(new byte[FRAME_KIB * 1024])));
      sent.incrementAndGet();
    }
  }

  private void pumpImages(PeerChannel link) {
    int before = sent.get();
    while (link.takesImages() && sent.get() < FRAMES_MAX) {
      link.send(new Frame.SnapshotChunk(1, ByteBuffer.wrap(new byte[FRAME_KIB * 1024])));
      sent.incrementAndGet();
    }
    mostInOneGo.accumulateAndGet(sent.get() - before, Math::max);
  }

  private boolean isStuck() {
    return stuckAt.getAndSet(sent.get()) == sent.get();
  }

  private void onLoop(Runnable task) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.runOnContext(_ -> {
      try {
        task.run();
        done.complete(null);
      } catch (Throwable e) {
        done.completeExceptionally(e);
      }
    });
    done.get(20, TimeUnit.SECONDS);
  }

  private PeerHandler accept(PeerChannel channel) {
    loop = Vertx.currentContext();
    accepted.add(channel);
    return new PeerHandler() {
      @Override
      public void frame(Frame frame) {
        if (broken) {
          throw new IllegalStateException("nobody has thought of this");
        }
        frames.add(frame);
      }

      @Override
      public void drained() {
        pump.accept(channel);
      }

      @Override
      public void closed() {
        ended.incrementAndGet();
      }
    };
  }

  private PeerPort peers(int peerPort, PeerIdentity identity) {
    return new PeerPort(vertx, ADDRESS, peerPort, Duration.ofSeconds(10), refused, identity);
  }

  private String dial(PeerPort dialler) throws InterruptedException {
    BlockingQueue<String> outcome = new LinkedBlockingQueue<>();
    vertx.runOnContext(_ ->
        dialler.dial(
            ADDRESS,
            channel -> {
              outcome.add("opened");
              channel.close();
              return accept(channel);
            },
            (PeerDialer.Failure failure) -> outcome.add(failure.name())));
    return next(outcome);
  }

  /** In TLS 1.3 a caller learns that it was refused when it reads. */
  private void assertRefused(TlsPeer peer) throws IOException {
    try (peer) {
      assertThatIOException().isThrownBy(peer::readSomething);
    }
    await().until(() -> refused.total(Reason.UNTRUSTED) == 1);
    assertThat(accepted).isEmpty();
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T taken = queue.poll(20, TimeUnit.SECONDS);
    assertThat(taken).isNotNull();
    return taken;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
