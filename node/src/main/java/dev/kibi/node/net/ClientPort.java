package dev.kibi.node.net;

import dev.kibi.node.command.ClientRegistry;
import dev.kibi.node.command.LiveConfig;
import dev.kibi.node.command.Session;
import dev.kibi.node.lane.Lane;
import dev.kibi.node.resp.RespLimits;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;

/**
 * The client port (6379). Vert.x listens; the bytes are handled by our own handler on the Netty
 * pipeline, before Vert.x's, because its socket API costs a copy and a promise per message
 * (engine.md section 1).
 */
final class ClientPort {

  private final Vertx vertx;
  private final Lane lane;
  private final LiveConfig config;
  private final InputBuffer.Scratch scratch = new InputBuffer.Scratch();
  private final int requestBytesMax = RespLimits.requestBytes(Runtime.getRuntime().maxMemory());

  ClientPort(Vertx vertx, Lane lane, LiveConfig config) {
    this.vertx = vertx;
    this.lane = lane;
    this.config = config;
  }

  Future<NetServer> listen(String bind, int port) {
    NetServerOptions options =
        new NetServerOptions().setHost(bind).setPort(port).setTcpNoDelay(true);
    return vertx.createNetServer(options).connectHandler(this::connected).listen();
  }

  private void connected(NetSocket socket) {
    ClientRegistry clients = lane.context().clients();
    if (clients.count() >= config.number("maxclients")) {
      clients.refused();
      socket.end(Buffer.buffer("-ERR max number of clients reached\r\n"));
      return;
    }
    ChannelHandlerContext context = ((NetSocketInternal) socket).channelHandlerContext();
    String remote = text(socket.remoteAddress());
    String local = text(socket.localAddress());
    boolean open = config.get("requirepass").isEmpty();
    ClientConnection connection =
        new ClientConnection(
            lane,
            new InputBuffer(scratch, requestBytesMax),
            context,
            link ->
                new Session(
                    clients.nextId(), remote, local, System.currentTimeMillis(), open, link));
    clients.add(connection.session());
    context.pipeline().addBefore("handler", "resp", connection);
  }

  private static String text(SocketAddress address) {
    return address.hostAddress() + ":" + address.port();
  }
}
