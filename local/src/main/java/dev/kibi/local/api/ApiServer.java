package dev.kibi.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kibi.local.api.store.ObjectStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded API server. It listens on one address without TLS; who knows the {@code secret}, the
 * first element of every path, may do everything, everyone else nothing.
 */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

  static {
    // Read once by the JDK's server: answers leave without waiting for more, and a kept connection
    // outlives the patience of clients, so that none sends a request into a connection being
    // closed.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.idleInterval", "300");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final String basePath;
  private final Discovery discovery;
  private final OpenApi openApi;
  private final ObjectRequests objects;
  private final Resources resources;

  /** {@code clusterIps} gives the address of each new Service. */
  public ApiServer(
      InetSocketAddress address, String secret, Supplier<String> clusterIps, PodLogs logs)
      throws IOException {
    ObjectStore store = new ObjectStore();
    ResourceTypes types = new ResourceTypes();
    this.resources = new Resources(store, types, new Admission(clusterIps), Clock.systemUTC());
    this.basePath = "/" + secret;
    this.discovery = new Discovery(types);
    this.openApi = new OpenApi(types, basePath);
    this.objects = new ObjectRequests(store, resources, types, logs);
    this.server = HttpServer.create(address, 0);
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    Bootstrap.createNamespaces(resources);
    threads.execute(new GarbageCollector(store, resources, types));
  }

  public void start() {
    server.start();
  }

  /** The address for a kubeconfig. */
  public String url() {
    InetSocketAddress address = server.getAddress();
    return "http://" + address.getHostString() + ":" + address.getPort() + basePath;
  }

  /** Serves the kind that {@code crd} defines. */
  public void define(ObjectNode crd) {
    Bootstrap.define(resources, crd);
  }

  private void serve(HttpExchange exchange) {
    try (exchange) {
      try {
        answer(exchange);
      } catch (ApiException e) {
        Reply.json(exchange, e.code(), e.status());
      } catch (NumberFormatException e) {
        ApiException refusal = ApiException.badRequest(String.valueOf(e.getMessage()));
        Reply.json(exchange, refusal.code(), refusal.status());
      }
    } catch (IOException e) {
      LOG.debug("client gone uri={} error={}", exchange.getRequestURI().getPath(), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error(
          "request failed method={} uri={}",
          exchange.getRequestMethod(),
          exchange.getRequestURI().getPath(),
          e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    if (!path.startsWith(basePath + "/")) {
      Reply.text(exchange, 403, "this address belongs to a kubeconfig; use that\n");
      return;
    }
    if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
      // Clients take 503 as "no WebSockets here" and watch by plain HTTP instead.
      Reply.text(exchange, 503, "watches are served by HTTP only\n");
      return;
    }
    route(Request.of(exchange, basePath));
  }

  private void route(Request request) throws IOException, InterruptedException {
    HttpExchange exchange = request.exchange();
    List<String> path = request.path();
    String first = path.isEmpty() ? "" : path.get(0);
    int objectDepth = first.equals("api") ? 3 : 4;
    switch (first) {
      case "healthz", "livez", "readyz" -> Reply.text(exchange, 200, "ok");
      case "version" -> Reply.json(exchange, 200, Discovery.version());
      case "openapi" -> Reply.json(exchange, 200, openApi(path));
      case "api", "apis" -> {
        if (AccessReviews.isReview(request)) {
          Reply.json(exchange, 201, AccessReviews.answer(request));
        } else if (path.size() >= objectDepth) {
          objects.handle(request);
        } else {
          Reply.json(exchange, 200, discover(path));
        }
      }
      default -> throw ApiException.noSuchPath(String.join("/", path));
    }
  }

  private ObjectNode discover(List<String> path) {
    boolean core = path.get(0).equals("api");
    return switch (path.size()) {
      case 1 -> core ? Discovery.coreVersions() : discovery.groups();
      case 2 -> core ? discovery.resources(path.get(1)) : discovery.group(path.get(1));
      default -> discovery.resources(path.get(1) + "/" + path.get(2));
    };
  }

  private ObjectNode openApi(List<String> path) {
    if (path.size() < 2 || !path.get(1).equals("v3")) {
      throw ApiException.noSuchPath(String.join("/", path));
    }
    return switch (path.size()) {
      case 2 -> openApi.root();
      case 4 -> openApi.document(path.get(3));
      case 5 -> openApi.document(path.get(3) + "/" + path.get(4));
      default -> throw ApiException.noSuchPath(String.join("/", path));
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
