package dev.kibi.node.net;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BooleanSupplier;

/**
 * Health and metrics (9121), on an event loop that is not a lane's.
 *
 * <p>{@code /livez} looks at the local event loops only, so a node that loads, syncs or is cut off
 * is never killed for it; {@code /readyz} is joined and in sync for the current epoch; {@code
 * /metrics} is Prometheus text.
 */
final class HttpPort {

  private final PrometheusMeterRegistry metrics;
  private final BooleanSupplier live;
  private final BooleanSupplier ready;

  HttpPort(PrometheusMeterRegistry metrics, BooleanSupplier live, BooleanSupplier ready) {
    this.metrics = metrics;
    this.live = live;
    this.ready = ready;
  }

  Future<HttpServer> listen(Vertx vertx, String bind, int port) {
    HttpServerOptions options = new HttpServerOptions().setHost(bind).setPort(port);
    return vertx.createHttpServer(options).requestHandler(this::answer).listen();
  }

  private void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/livez" -> verdict(request, live.getAsBoolean(), "a lane does not answer");
      case "/readyz" ->
          verdict(
              request, ready.getAsBoolean(), "not joined, or not in sync for the current epoch");
      case "/metrics" ->
          request
              .response()
              .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
              .end(metrics.scrape());
      case null, default ->
          request.response().setStatusCode(404).end("try /livez, /readyz or /metrics\n");
    }
  }

  private static void verdict(HttpServerRequest request, boolean good, String why) {
    request.response().setStatusCode(good ? 200 : 503).end(good ? "ok\n" : why + "\n");
  }
}
