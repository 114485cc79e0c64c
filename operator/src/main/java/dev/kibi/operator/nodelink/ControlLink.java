package dev.kibi.operator.nodelink;

import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.FrameCodec;
import dev.kibi.protocol.wire.NodeReport;
import dev.kibi.protocol.wire.WireException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control link to the node of one pod, kept up for as long as the pod exists.
 *
 * <pre>
 * any        --closed, one immediate reconnect refused--> REFUSED   (wakes at once: the master may be dead)
 * OPEN       --closed, no answer--> LOST
 * OPEN       --silent for grace--> OPEN                             (wakes; given up after 5 x grace)
 * any        --connected, first report--> OPEN
 * </pre>
 *
 * One virtual thread dials and reads, a second one writes, so that a node that does not read never
 * holds up the reconciler.
 */
final class ControlLink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ControlLink.class);

  private final ClusterKey cluster;
  private final String clusterUid;
  private final PodAddress pod;
  private final LinkSettings settings;
  private final PeerSockets sockets;
  private final LatestTopology topology;
  private final RefusedFrames refused;
  private final Runnable wake;
  private final Thread reader;
  private volatile LinkView view = new LinkView(LinkState.CONNECTING, null, System.nanoTime());
  private final AtomicReference<@Nullable Frame> order = new AtomicReference<>();
  private volatile boolean closed;
  private volatile @Nullable Socket socket;
  private boolean answered; // whether the present connection brought a report; the reader's own

  ControlLink(
      ClusterKey cluster,
      String clusterUid,
      PodAddress pod,
      LinkSettings settings,
      PeerSockets sockets,
      LatestTopology topology,
      RefusedFrames refused,
      Runnable wake) {
    this.cluster = cluster;
    this.clusterUid = clusterUid;
    this.pod = pod;
    this.settings = settings;
    this.sockets = sockets;
    this.topology = topology;
    this.refused = refused;
    this.wake = wake;
    this.reader = Thread.ofVirtual().name("link-" + pod.podName()).unstarted(this::run);
  }

  ControlLink start() {
    reader.start();
    return this;
  }

  PodAddress pod() {
    return pod;
  }

  LinkView view() {
    return view;
  }

  /** Sends an order to the node, now or with the next connection; a later one takes its place. */
  void order(Frame frame) {
    topology.leave(order, frame);
  }

  @Override
  public void close() {
    closed = true;
    closeQuietly(socket);
    reader.interrupt();
  }

  private void run() {
    Duration pause = Duration.ZERO;
    while (!closed && sleep(pause)) {
      answered = false;
      try (Socket connected = connect()) {
        socket = connected;
        serve(secured(connected));
      } catch (ConnectException e) {
        become(isRefused(e) ? LinkState.REFUSED : LinkState.LOST);
      } catch (IOException | WireException e) {
        ended(e);
      }
      pause = answered ? Duration.ZERO : longer(pause);
    }
  }

  private Socket connect() throws IOException {
    Socket fresh = new Socket();
    try {
      fresh.setTcpNoDelay(true);
      fresh.connect(
          new InetSocketAddress(pod.ip(), settings.port()),
          Math.toIntExact(settings.connectTimeout().toMillis()));
      return fresh;
    } catch (IOException e) {
      closeQuietly(fresh);
      throw e;
    }
  }

  /** A node that has just started takes its time for its first handshake. */
  private Socket secured(Socket connected) throws IOException {
    connected.setSoTimeout(Math.toIntExact(settings.giveUp().toMillis()));
    try {
      Socket secured = sockets.secure(cluster, connected);
      secured.setSoTimeout(Math.toIntExact(settings.grace().toMillis()));
      return secured;
    } catch (SSLException e) {
      if (!isBroken(e)) {
        refused.count(RefusedFrames.Reason.UNTRUSTED);
      }
      throw e;
    }
  }

  /** Whether a handshake failed only because the link ended; nobody was refused then. */
  private static boolean isBroken(SSLException failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && !(cause instanceof SSLException)) {
        return true;
      }
    }
    return false;
  }

  private void serve(Socket connected) throws IOException, WireException {
    Thread writer = Thread.ofVirtual().name("push-" + pod.podName()).start(() -> write(connected));
    try {
      FrameInput frames = new FrameInput(connected.getInputStream());
      long silentSince = 0;
      while (!closed) {
        try {
          take(next(frames), silentSince != 0);
          silentSince = 0;
        } catch (SocketTimeoutException e) {
          long now = System.nanoTime();
          if (silentSince == 0) {
            silentSince = now;
            log.info("{}: {} is silent", cluster, pod.podName());
            wake.run();
          } else if (now - silentSince > settings.giveUp().toNanos()) {
            become(LinkState.LOST);
            return;
          }
        }
      }
    } finally {
      writer.interrupt();
    }
  }

  private Frame next(FrameInput frames) throws IOException, WireException {
    try {
      return frames.next();
    } catch (WireException e) {
      refused.count(RefusedFrames.Reason.GARBAGE);
      throw e;
    }
  }

  private void take(Frame frame, boolean wasSilent) throws WireException {
    if (!(frame instanceof Frame.Report(NodeReport report))) {
      refused.count(RefusedFrames.Reason.UNEXPECTED);
      throw new WireException("frame: " + frame.getClass().getSimpleName() + " (expected: Report)");
    }
    boolean isOfCluster = report.clusterUid().equals(clusterUid);
    if (!isOfCluster || !report.node().podUid().equals(pod.podUid())) {
      refused.count(
          isOfCluster ? RefusedFrames.Reason.OTHER_NODE : RefusedFrames.Reason.OTHER_CLUSTER);
      throw new WireException(
          "node: "
              + report.node()
              + " of cluster "
              + report.clusterUid()
              + " (expected: pod uid "
              + pod.podUid()
              + " of cluster "
              + clusterUid
              + ")");
    }
    answered = true;
    LinkView before = view;
    view = new LinkView(LinkState.OPEN, report, System.nanoTime());
    if (before.state() != LinkState.OPEN
        || wasSilent
        || Importance.isNews(before.report(), report, topology.version())) {
      log.debug("{}: {} reports {}", cluster, pod.podName(), report);
      wake.run();
    }
  }

  private void write(Socket connected) {
    try {
      OutputStream out = connected.getOutputStream();
      send(out, new Frame.OperatorHello(clusterUid, pod.podUid()));
      long sent = 0;
      while (!closed) {
        Frame next = topology.awaitNext(sent, order);
        send(out, next);
        if (next instanceof Frame.TopologyPush(Topology pushed)) {
          sent = pushed.version();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.debug("{}: {} cannot be written to: {}", cluster, pod.podName(), e.getMessage());
      closeQuietly(connected); // the reader notices and dials again
    }
  }

  private static void send(OutputStream out, Frame frame) throws IOException {
    ByteBuffer bytes = FrameCodec.encode(frame);
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    out.write(copy);
    out.flush();
  }

  private void ended(Exception cause) {
    if (closed) {
      return;
    }
    if (view.state() != LinkState.LOST) {
      log.info("{}: the link to {} ended: {}", cluster, pod.podName(), cause.getMessage());
    }
    boolean closedByNode =
        answered && !(cause instanceof SocketTimeoutException) && !(cause instanceof WireException);
    if (!closedByNode) {
      become(LinkState.LOST);
    }
  }

  private void become(LinkState state) {
    LinkView before = view;
    if (before.state() != state && !closed) {
      view = before.with(state);
      log.info(
          "{}: the link to {} is {}",
          cluster,
          pod.podName(),
          state.name().toLowerCase(Locale.ROOT));
      wake.run();
    }
  }

  private Duration longer(Duration pause) {
    Duration longer = pause.isZero() ? settings.backoffMin() : pause.multipliedBy(2);
    return longer.compareTo(settings.backoffMax()) > 0 ? settings.backoffMax() : longer;
  }

  private static boolean isRefused(ConnectException e) {
    String message = e.getMessage();
    return message != null && message.contains("refused");
  }

  private static boolean sleep(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void closeQuietly(@Nullable Socket socket) {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        log.debug("closing a socket: {}", e.getMessage());
      }
    }
  }
}
