package dev.kibi.node.net;

import dev.kibi.node.lane.PeerChannel;
import dev.kibi.node.lane.PeerDialer;
import dev.kibi.node.lane.PeerHandler;
import dev.kibi.node.lane.RefusedFrames;
import dev.kibi.protocol.peer.PeerIdentity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.TcpClientConfig;
import io.vertx.core.net.TcpServerConfig;
import java.net.ConnectException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The peer port (16379): accepts links of peers and operators, and opens links to peers. They come
 * from the address it is bound to, so that whoever is between two nodes can tell which they are.
 *
 * <p>With an identity every link is encrypted, and both ends have shown a certificate of the
 * cluster before the first frame. A new identity is for new links; those that are open stay.
 */
final class PeerPort implements PeerDialer {
  private static final Logger LOG = LoggerFactory.getLogger(PeerPort.class);
  private static final String ALL_ADDRESSES = "0.0.0.0";

  /** A node that has just started takes its time for its first handshake. */
  private static final Duration HANDSHAKE_MIN = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final NetClient client;
  private final String bind;
  private final int peerPort;
  private final Duration handshake;
  private final RefusedFrames refused;
  private final @Nullable PeerIdentity identity;
  private final Map<String, String> complaints = new HashMap<>();
  private @Nullable String lastRefusal;
  private volatile @Nullable NetServer server;

  PeerPort(
      Vertx vertx,
      String bind,
      int peerPort,
      Duration connectTimeout,
      RefusedFrames refused,
      @Nullable PeerIdentity identity) {
    this.vertx = vertx;
    this.refused = refused;
    this.bind = bind;
    this.peerPort = peerPort;
    this.identity = identity;
    this.handshake = connectTimeout.compareTo(HANDSHAKE_MIN) < 0 ? HANDSHAKE_MIN : connectTimeout;
    NetClientOptions options =
        new NetClientOptions()
            .setTcpNoDelay(true)
            .setSsl(identity != null)
            .setConnectTimeout((int) connectTimeout.toMillis());
    if (!bind.equals(ALL_ADDRESSES)) {
      options.setLocalAddress(bind);
    }
    this.client =
        identity == null
            ? vertx.createNetClient(options)
            : vertx.createNetClient(
                new TcpClientConfig(options), PeerTlsOptions.client(identity, handshake));
  }

  Future<NetServer> listen(Function<PeerChannel, PeerHandler> accept) {
    NetServerOptions options =
        new NetServerOptions()
            .setHost(bind)
            .setPort(peerPort)
            .setTcpNoDelay(true)
            .setSsl(identity != null);
    NetServer made =
        identity == null
            ? vertx.createNetServer(options)
            : vertx.createNetServer(new TcpServerConfig(options), PeerTlsOptions.server(identity));
    server = made;
    return made.connectHandler(socket -> PeerLink.open(socket, refused, accept))
        .exceptionHandler(this::notShakenHands)
        .listen();
  }

  /** Links opened or accepted from now on use this. */
  Future<?> use(PeerIdentity next) {
    NetServer listening = server;
    Future<?> asClient = client.updateSSLOptions(PeerTlsOptions.client(next, handshake));
    return listening == null
        ? asClient
        : Future.all(asClient, listening.updateSSLOptions(PeerTlsOptions.server(next)));
  }

  @Override
  public void dial(String address, Function<PeerChannel, PeerHandler> opened, Outcome outcome) {
    client
        .connect(peerPort, address)
        .onSuccess(socket -> {
          complaints.remove(address);
          PeerLink.open(socket, refused, opened);
        })
        .onFailure(e -> {
          if (e instanceof SSLException) {
            refused.count(RefusedFrames.Reason.UNTRUSTED);
            complain(address, e);
          }
          outcome.failed(refused(e) ? Failure.REFUSED : Failure.UNREACHABLE);
        });
  }

  /** Said once for each address, and again when it is something else; dialling goes on. */
  private void complain(String address, Throwable failure) {
    String why = reason(failure);
    if (!why.equals(complaints.put(address, why))) {
      LOG.warn("link to {}: no handshake: {}", address, why);
    }
  }

  /** Whoever only looked whether the port is open has refused nothing, and nobody refused them. */
  private void notShakenHands(Throwable failure) {
    if (failure instanceof SSLException) {
      refused.count(RefusedFrames.Reason.UNTRUSTED);
      String why = reason(failure);
      if (!why.equals(lastRefusal)) {
        lastRefusal = why;
        LOG.warn("a link was refused: no handshake: {}", why);
      }
    } else {
      LOG.debug("a link ended before its handshake: {}", failure.toString());
    }
  }

  /** Vert.x and Netty wrap what a certificate was refused for. */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }

  private static boolean refused(Throwable failure) {
    return failure instanceof ConnectException
        && String.valueOf(failure.getMessage()).contains("refused");
  }
}
