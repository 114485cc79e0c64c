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
import dev.kibi.protocol.topology.NodeId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientConnectionTest {

  private final Lane lane = lane();
  private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());

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

  private void park() {
    lane.context().pause().pause(Long.MAX_VALUE, false, 0);
    channel.writeInbound(bytes("PING\r\n"));
  }

  @BeforeEach
  void connect() {
    ChannelHandlerContext context = channel.pipeline().firstContext();
    ClientConnection connection =
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
            new NodeIdentity(
                "uid", new NodeId("pod", "1"), "cache-0-0", "", "127.0.0.1", 0, 6379, 16379),
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
