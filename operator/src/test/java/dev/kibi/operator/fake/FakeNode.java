package dev.kibi.operator.fake;

import dev.kibi.crds.authority.Authority;
import dev.kibi.crds.authority.AuthorityUnavailableException;
import dev.kibi.crds.authority.CasOutcome;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.FrameCodec;
import dev.kibi.protocol.wire.NodeReport;
import dev.kibi.protocol.wire.NodeRole;
import dev.kibi.protocol.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node without data: it listens on a loopback address of its own, reports on control links,
 * installs topologies, and as a master takes learners in and commits slot moves, by compare-and-set
 * like a real one. What goes wrong is switched on by name.
 */
public final class FakeNode implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FakeNode.class);
  private static final int HEARTBEAT_MS = 50;

  /** Keeps its links open and says nothing. */
  public volatile boolean silent;

  /** Takes no learner in. */
  public volatile boolean keepsLearnersOut;

  /** Does no switchover it is asked for. */
  public volatile boolean ignoresOrders;

  /** Commits no slot move. */
  public volatile boolean holdsMoves;

  /** Nodes it takes for dead. */
  public volatile List<NodeId> suspects = List.of();

  public volatile long lsn = 100;
  public volatile long usedBytes = 10;

  private final String clusterUid;
  private final String pod;
  private final String address;
  private final int shard;
  private final NodeId id;
  private final Authority authority;
  private final Set<NodeId> neighbours;
  private final @Nullable SSLContext tls;
  private final ServerSocket listener;
  private final List<Socket> links = new CopyOnWriteArrayList<>();
  private volatile @Nullable Topology installed;
  private volatile Frame.@Nullable Switchover order;
  private final CountDownLatch end = new CountDownLatch(1);

  /**
   * A new incarnation that listens at once.
   *
   * @param tls what its links are shaken hands on with, or null for links in the clear
   * @param neighbours nodes that run, itself among them from now on until it is closed
   */
  public FakeNode(
      String clusterUid,
      String pod,
      String podUid,
      String address,
      int port,
      int shard,
      Authority authority,
      Set<NodeId> neighbours,
      @Nullable SSLContext tls)
      throws IOException {
    this.neighbours = neighbours;
    this.clusterUid = clusterUid;
    this.pod = pod;
    this.address = address;
    this.shard = shard;
    this.id = new NodeId(podUid, UUID.randomUUID().toString().substring(0, 8));
    this.authority = authority;
    this.tls = tls;
    this.listener = new ServerSocket(port, 50, InetAddress.getByName(address));
    neighbours.add(id);
    Thread.ofVirtual().start(this::accept);
    Thread.ofVirtual().start(this::work);
  }

  public NodeId id() {
    return id;
  }

  public long version() {
    Topology topology = installed;
    return topology == null ? 0 : topology.version();
  }

  /** The last order it got. */
  public Optional<Frame.Switchover> order() {
    return Optional.ofNullable(order);
  }

  /** Dies like a killed process: the kernel closes its sockets and refuses new ones. */
  @Override
  public void close() {
    end.countDown();
    neighbours.remove(id);
    try {
      listener.close();
      for (Socket link : links) {
        link.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void accept() {
    while (isRunning()) {
      try {
        Socket connected = listener.accept();
        links.add(connected);
        if (!isRunning()) {
          connected.close();
        }
        Socket link = secured(connected);
        Thread.ofVirtual().start(() -> read(link));
        Thread.ofVirtual().start(() -> report(link));
      } catch (IOException e) {
        if (isRunning()) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /** Hands are shaken by whoever reads or writes first. */
  private Socket secured(Socket connected) throws IOException {
    if (tls == null) {
      return connected;
    }
    SSLSocket secured =
        (SSLSocket)
            tls.getSocketFactory().createSocket(connected, InputStream.nullInputStream(), true);
    secured.setNeedClientAuth(true);
    return secured;
  }

  private void read(Socket link) {
    ByteBuffer buffer = ByteBuffer.allocate(FrameCodec.FRAME_BYTES_MAX);
    try (InputStream in = link.getInputStream()) {
      for (int read = 0;
          read >= 0;
          read = in.read(buffer.array(), buffer.position(), buffer.remaining())) {
        buffer.position(buffer.position() + read).flip();
        for (Frame frame = FrameCodec.decode(buffer);
            frame != null;
            frame = FrameCodec.decode(buffer)) {
          if (frame instanceof Frame.TopologyPush(Topology topology)) {
            install(topology);
          } else if (frame instanceof Frame.Switchover ordered) {
            order = ordered;
          }
        }
        buffer.compact();
      }
    } catch (IOException | WireException e) {
      links.removeIf(Socket::isClosed);
    }
  }

  private void report(Socket link) {
    try {
      OutputStream out = link.getOutputStream();
      while (isRunning()) {
        if (!silent) {
          ByteBuffer frame = FrameCodec.encode(new Frame.Report(report()));
          out.write(frame.array(), frame.arrayOffset() + frame.position(), frame.remaining());
        }
        untilNextBeat();
      }
    } catch (IOException e) {
      links.removeIf(Socket::isClosed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private NodeReport report() {
    Topology topology = installed;
    Optional<Shard> mine = Optional.ofNullable(topology).flatMap(t -> t.shardOf(id));
    long epoch = mine.map(Shard::epoch).orElse(0L);
    return new NodeReport(
        clusterUid,
        id,
        pod,
        "",
        address,
        shard,
        role(mine),
        version(),
        epoch,
        epoch,
        lsn,
        lsn,
        mine.filter(s -> s.inSync().contains(id)).isPresent(),
        false,
        suspects,
        7,
        usedBytes,
        1_000_000);
  }

  private NodeRole role(Optional<Shard> mine) {
    if (mine.isEmpty()) {
      return NodeRole.JOINING;
    }
    if (mine.get().isMaster(id)) {
      return NodeRole.MASTER;
    }
    return mine.get().inSync().contains(id) ? NodeRole.FOLLOWER : NodeRole.LEARNER;
  }

  private synchronized void install(Topology topology) {
    Topology before = installed;
    if (before == null || topology.version() > before.version()) {
      installed = topology;
    }
  }

  /** What a master does by itself, one change at a time. */
  private void work() {
    while (isRunning()) {
      try {
        Topology topology = installed;
        Optional<Topology> next = Optional.ofNullable(topology).flatMap(this::duty);
        if (topology != null && next.isPresent()) {
          CasOutcome outcome =
              authority.compareAndSet(topology.version(), next.get(), UUID.randomUUID().toString());
          switch (outcome) {
            case CasOutcome.Applied applied -> install(applied.stored().topology());
            case CasOutcome.Conflict conflict -> install(conflict.current().topology());
            case CasOutcome.Refused refused -> throw new IllegalStateException(refused.reason());
          }
        } else {
          untilNextBeat();
        }
      } catch (AuthorityUnavailableException e) {
        log.warn(
            "{}: {}",
            pod,
            e.getMessage()); // nothing is known: look again at what is installed then
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private Optional<Topology> duty(Topology topology) {
    Optional<Shard> mine = topology.shardOf(id).filter(s -> s.isMaster(id));
    if (mine.isEmpty()) {
      return Optional.empty();
    }
    Shard led = mine.get();
    Frame.Switchover ordered = order;
    if (ordered != null
        && !ignoresOrders
        && ordered.epoch() == led.epoch()
        && led.inSync().contains(ordered.to())) {
      return Optional.of(
          topology.withShard(
              led.id(),
              s ->
                  new Shard(
                      s.id(),
                      s.epoch() + 1,
                      ordered.to(),
                      true,
                      s.inSync(),
                      s.electable(),
                      s.learners())));
    }
    List<NodeId> synced = led.learners().stream().filter(neighbours::contains).toList();
    if (!keepsLearnersOut && !synced.isEmpty()) {
      List<NodeId> inSync = new ArrayList<>(led.inSync());
      inSync.addAll(synced);
      List<NodeId> learners =
          led.learners().stream().filter(node -> !synced.contains(node)).toList();
      return Optional.of(topology.withShard(led.id(), s -> s.withMembers(inSync, learners)));
    }
    List<SlotMove> due =
        topology.moves().stream()
            .filter(move -> move.from() == led.id() && move.fromEpoch() == led.epoch())
            .filter(move ->
                topology.shard(move.to()).filter(to -> to.epoch() == move.toEpoch()).isPresent())
            .toList();
    return holdsMoves || due.isEmpty()
        ? Optional.empty()
        : Optional.of(topology.withCommitted(due));
  }

  private boolean isRunning() {
    return end.getCount() > 0;
  }

  private void untilNextBeat() throws InterruptedException {
    boolean ended = end.await(HEARTBEAT_MS, TimeUnit.MILLISECONDS);
    if (ended) {
      log.debug("{} has ended", pod);
    }
  }
}
