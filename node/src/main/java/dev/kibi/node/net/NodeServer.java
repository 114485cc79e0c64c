package dev.kibi.node.net;

import dev.kibi.node.command.LiveConfig;
import dev.kibi.node.lane.Lane;
import dev.kibi.node.lane.PeerDialer;
import dev.kibi.node.lane.RefusedFrames;
import dev.kibi.node.tls.PeerCertificates;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's sockets and event loops: one loop is the lane, another answers probes. */
public final class NodeServer {
  private static final Logger LOG = LoggerFactory.getLogger(NodeServer.class);

  private static final Duration TICK = Duration.ofMillis(10);

  /** How often mounted certificates are looked at; the kubelet takes a minute to change them. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private static final Duration STUCK = Duration.ofSeconds(10);

  /**
   * Where the node listens.
   *
   * @param bind address of this machine, {@code 0.0.0.0} for all
   */
  public record Ports(String bind, int client, int peer, int http) {}

  private final Vertx vertx;
  private final Context laneContext;
  private final Context httpContext;
  private final Ports ports;
  private final PeerPort peerPort;

  /**
   * A server that counts what is no frame in {@code refused}.
   *
   * @param certificates of peer links, null for links in the clear
   */
  public NodeServer(
      Ports ports,
      Duration connectTimeout,
      RefusedFrames refused,
      @Nullable PeerCertificates certificates) {
    this.ports = ports;
    this.vertx =
        Vertx.builder()
            .with(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2))
            .build();
    this.laneContext = ((VertxInternal) vertx).createEventLoopContext();
    this.httpContext = ((VertxInternal) vertx).createEventLoopContext();
    this.peerPort =
        new PeerPort(
            vertx,
            ports.bind(),
            ports.peer(),
            connectTimeout,
            refused,
            certificates == null ? null : certificates.current());
    if (certificates != null) {
      vertx.setPeriodic(LOOK.toMillis(), _ -> look(certificates));
    }
  }

  /** Files are read where nobody waits for them. */
  private void look(PeerCertificates certificates) {
    vertx
        .executeBlocking(() -> {
          certificates.look(peerPort::use);
          return true;
        })
        .onFailure(e -> LOG.error("certificates of peer links not looked at", e));
  }

  /** Runs tasks on the lane's event loop. */
  public Executor laneExecutor() {
    return task -> laneContext.runOnContext(_ -> task.run());
  }

  /** Opens links to peers; to be used on the lane's event loop. */
  public PeerDialer dialer() {
    return peerPort;
  }

  /** Makes the lane on its event loop, opens the ports and begins to tick. */
  public CompletionStage<Lane> start(
      Function<PeerDialer, Lane> makeLane, LiveConfig config, PrometheusMeterRegistry metrics) {
    return onContext(
            laneContext,
            () -> {
              Lane lane = makeLane.apply(peerPort);
              return named(ports.peer(), peerPort.listen(lane::accept))
                  .compose(_ ->
                      named(
                          ports.client(),
                          new ClientPort(vertx, lane, config).listen(ports.bind(), ports.client())))
                  .map(_ -> {
                    vertx.setPeriodic(TICK.toMillis(), _ -> lane.tick());
                    return lane;
                  });
            })
        .compose(lane ->
            onContext(
                httpContext,
                () ->
                    named(
                            ports.http(),
                            new HttpPort(metrics, () -> isLive(lane), () -> lane.report().ready())
                                .listen(vertx, ports.bind(), ports.http()))
                        .map(lane)))
        .toCompletionStage();
  }

  /** What the operating system says when a port cannot be had does not name the port. */
  private <T> Future<T> named(int port, Future<T> listening) {
    return listening.recover(e ->
        Future.failedFuture(
            new IOException(
                "%s:%d: %s (expected: an address of this machine and a free port)"
                    .formatted(ports.bind(), port, e.getMessage()),
                e)));
  }

  private static boolean isLive(Lane lane) {
    return System.nanoTime() - lane.tickedAt() < STUCK.toNanos();
  }

  private static <T> Future<T> onContext(Context context, Supplier<Future<T>> task) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(
        _ -> Future.succeededFuture().compose(_ -> task.get()).onComplete(promise));
    return promise.future();
  }

  /** Closes every socket and event loop. */
  public CompletionStage<Void> close() {
    return vertx.close().toCompletionStage();
  }
}
