package dev.kibi.node.net;

import dev.kibi.node.lane.PeerChannel;
import dev.kibi.node.lane.PeerDialer;
import dev.kibi.node.lane.PeerHandler;
import dev.kibi.node.lane.RefusedFrames;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.net.ConnectException;
import java.time.Duration;
import java.util.function.Function;

/**
 * The peer port (16379): accepts links of peers and operators, and opens links to peers. They come
 * from the address it is bound to, so that whoever is between two nodes can tell which they are.
 */
final class PeerPort implements PeerDialer {
  private static final String ALL_ADDRESSES = "0.0.0.0";

  private final Vertx vertx;
  private final NetClient client;
  private final String bind;
  private final int peerPort;
  private final RefusedFrames refused;

  PeerPort(Vertx vertx, String bind, int peerPort, Duration connectTimeout, RefusedFrames refused) {
    this.vertx = vertx;
    this.refused = refused;
    this.bind = bind;
    this.peerPort = peerPort;
    NetClientOptions options =
        new NetClientOptions()
            .setTcpNoDelay(true)
            .setConnectTimeout((int) connectTimeout.toMillis());
    if (!bind.equals(ALL_ADDRESSES)) {
      options.setLocalAddress(bind);
    }
    this.client = vertx.createNetClient(options);
  }

  Future<NetServer> listen(Function<PeerChannel, PeerHandler> accept) {
    NetServerOptions options =
        new NetServerOptions().setHost(bind).setPort(peerPort).setTcpNoDelay(true);
    return vertx
        .createNetServer(options)
        .connectHandler(socket -> PeerLink.open(socket, refused, accept))
        .listen();
  }

  @Override
  public void dial(String address, Function<PeerChannel, PeerHandler> opened, Outcome outcome) {
    client
        .connect(peerPort, address)
        .onSuccess(socket -> PeerLink.open(socket, refused, opened))
        .onFailure(e -> outcome.failed(refused(e) ? Failure.REFUSED : Failure.UNREACHABLE));
  }

  private static boolean refused(Throwable failure) {
    return failure instanceof ConnectException
        && String.valueOf(failure.getMessage()).contains("refused");
  }
}
