package dev.kibi.node.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.node.Commands;
import dev.kibi.node.command.ConfigDefaults;
import dev.kibi.node.command.Session;
import dev.kibi.node.lane.AuthorityPort;
import dev.kibi.node.lane.Lane;
import dev.kibi.node.lane.LaneClock;
import dev.kibi.node.lane.NodeIdentity;
import dev.kibi.node.lane.RefusedFrames;
import dev.kibi.node.shard.ReplicationLog;
import dev.kibi.node.shard.Timers;
import dev.kibi.node.shard.TopologyWriter;
import dev.kibi.node.store.Keyspace;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientConnectionTest {

  private static final NodeIdentity SELF =
      new NodeIdentity("uid", new NodeId("pod", "1"), "cache-0-0", "", "127.0.0.1", 0, 6379, 16379);
  private static final long MIB = 1 << 20;

  /** Each is answered with far more bytes than it takes. */
  private static final int COMMANDS = 100;

  private final Lane lane = lane();
  private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
  private ClientConnection connection;

  @Test
  void aParkedConnectionReadsOnSoThatItNoticesThatItsClientWentAway() {
    park();
    assertThat(channel.config().isAutoRead()).isTrue();
    assertThat(lane.context().clients().count()).isEqualTo(1);
    assertThat(channel.close().isSuccess()).isTrue();
    assertThat(lane.context().clients().count()).isZero();
  }

  @Test
  void whatAParkedConnectionReadsAheadIsBounded() {
    park();
    channel.writeInbound(bytes("x".repeat(63 * 1024)));
    assertThat(channel.config().isAutoRead()).isTrue();
    channel.writeInbound(bytes("x".repeat(2 * 1024)));
    assertThat(channel.config().isAutoRead()).isFalse();
  }

  @Test
  void whatWasReadAheadRunsWhenTheParkedCommandHasRun() {
    park();
    channel.writeInbound(bytes("PING\r\n"));
    assertThat(channel.outboundMessages()).isEmpty();
    lane.context().pause().unpause();
    lane.tick();
    ByteBuf replies = channel.readOutbound();
    assertThat(replies.toString(StandardCharsets.UTF_8)).isEqualTo("+PONG\r\n+PONG\r\n");
    replies.release();
  }

  @Test
  void aRequestThatIsTooBigIsRefusedAndItsBytesAreLetGo() {
    channel.writeInbound(bytes("*2\r\n$3\r\nGET\r\n$2000000\r\n" + "x".repeat(1 << 19)));
    assertThat(channel.isOpen()).isTrue();
    channel.writeInbound(bytes("x".repeat(1 << 20)));
    ByteBuf reply = channel.readOutbound();
    assertThat(reply.toString(StandardCharsets.UTF_8))
        .isEqualTo("-ERR Protocol error: too big request\r\n");
    reply.release();
    assertThat(connection.inputBytes()).isZero();
    assertThat(channel.isOpen()).isFalse();
    assertThat(lane.context().clients().count()).isZero();
  }

  @Test
  void noCommandRunsWhileAMegabyteOfRepliesWaitsForACommit() {
    lead(Durability.REQUIRED);
    channel.writeInbound(bytes("SET key value\r\n" + "COMMAND\r\n".repeat(COMMANDS)));
    assertThat(channel.outboundMessages()).as("a second copy is missing").isEmpty();
    assertThat(connection.outputBytes()).isBetween(MIB, 2 * MIB);
    assertThat(connection.inputBytes()).as("commands that have not run").isPositive();

    lane.install(topology(2, Durability.PREFERRED));
    channel.runPendingTasks();
    assertThat(connection.inputBytes()).isZero();
    assertThat(outbound()).isGreaterThan(3 * MIB);
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void noCommandRunsWhileAClientDoesNotTakeItsReplies() {
    writable(false);
    channel.writeInbound(bytes("COMMAND\r\n".repeat(COMMANDS)));
    long before = outbound();
    assertThat(before).isBetween(MIB, 2 * MIB);
    assertThat(channel.config().isAutoRead()).isFalse();

    writable(true);
    channel.runPendingTasks();
    assertThat(connection.inputBytes()).isZero();
    assertThat(before + outbound()).isGreaterThan(3 * MIB);
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  private void writable(boolean writable) {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
    channel.runPendingTasks();
  }

  /** Bytes that have left since this was asked last. */
  private long outbound() {
    long bytes = 0;
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      bytes += out.readableBytes();
      out.release();
    }
    return bytes;
  }

  private void lead(Durability durability) {
    lane.install(topology(1, durability));
    lane.tick();
  }

  /** One shard with the lane's node alone. */
  private static Topology topology(long version, Durability durability) {
    return new Topology(
        "uid",
        1,
        version,
        1,
        durability,
        List.of(SELF.info()),
        List.of(Shard.bootstrap(0, SELF.id(), List.of())),
        SlotMap.of(new TreeMap<>(Map.of(0, SlotSet.parse("0-1023")))),
        List.of(),
        1);
  }

  private void park() {
    lane.context().pause().pause(Long.MAX_VALUE, false, 0);
    channel.writeInbound(bytes("PING\r\n"));
  }

  @BeforeEach
  void connect() {
    ChannelHandlerContext context = channel.pipeline().firstContext();
    connection =
        new ClientConnection(
            lane,
            new InputBuffer(new InputBuffer.Scratch(), 1 << 20),
            context,
            link -> new Session(1, "127.0.0.1:1", "127.0.0.1:2", 0, true, link));
    lane.context().clients().add(connection.session());
    channel.pipeline().addFirst(connection);
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }

  /** A lane that nobody names, run by whoever calls it. */
  private static Lane lane() {
    SlotStore store = new SlotStore(1);
    ReplicationLog log = new ReplicationLog(1 << 16);
    return new Lane(
        new Lane.Parts(
            SELF,
            Timers.scaledBy(1),
            LaneClock.system(),
            Runnable::run,
            store,
            new Keyspace(store, log, new SplittableRandom(1)),
            log,
            1 << 15,
            Commands.table(),
            ConfigDefaults.of("127.0.0.1", 6379, 0, "noeviction", ""),
            new AuthorityPort() {
              @Override
              public void refresh() {}

              @Override
              public void send(TopologyWriter.Request request) {}

              @Override
              public void settled() {}
            },
            (address, opened, outcome) -> {},
            new RefusedFrames()));
  }
}
