package dev.kibi.images;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts a node from the stage as its image does, and takes the time until it is ready. */
final class StartupProbe {
  private static final Duration READY_MAX = Duration.ofSeconds(60);
  private static final long POLL_MS = 5;
  private static final int OK = 200;

  private final Stage stage;
  private final Optional<Path> cache;
  private final HttpClient http = HttpClient.newHttpClient();

  StartupProbe(Stage stage, Optional<Path> cache) {
    this.stage = stage;
    this.cache = cache;
  }

  /** From the start of the process until {@code /readyz} answers 200. */
  Duration measure() throws IOException, InterruptedException {
    int http = freePort();
    ProcessBuilder builder = new ProcessBuilder(command());
    builder
        .environment()
        .putAll(
            Map.of(
                "KIBI_STANDALONE", "true",
                "KIBI_BIND", "127.0.0.1",
                "KIBI_CLIENT_PORT", Integer.toString(freePort()),
                "KIBI_PEER_PORT", Integer.toString(freePort()),
                "KIBI_HTTP_PORT", Integer.toString(http)));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    long start = System.nanoTime();
    Process node = builder.start();
    try {
      awaitReady(node, URI.create("http://127.0.0.1:" + http + "/readyz"), start);
      return Duration.ofNanos(System.nanoTime() - start);
    } finally {
      node.destroy();
      if (!node.waitFor(10, TimeUnit.SECONDS)) {
        node.destroyForcibly();
      }
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(List.of(stage.java().toString()));
    command.addAll(Program.NODE.flags());
    cache.ifPresent(path -> command.addAll(List.of("-XX:AOTMode=on", "-XX:AOTCache=" + path)));
    command.addAll(List.of("-jar", stage.jar(Program.NODE).toString()));
    return command;
  }

  private void awaitReady(Process node, URI readyz, long start)
      throws IOException, InterruptedException {
    while (!isReady(readyz)) {
      if (!node.isAlive()) {
        throw new BuildException(
            "node: exit code " + node.exitValue() + " (expected: it starts and becomes ready)");
      }
      if (System.nanoTime() - start > READY_MAX.toNanos()) {
        throw new BuildException(
            "node: not ready (expected: within " + READY_MAX.toSeconds() + " s)");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  private boolean isReady(URI readyz) throws InterruptedException {
    try {
      return http.send(
                  HttpRequest.newBuilder(readyz).build(), HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == OK;
    } catch (IOException e) {
      return false; // nobody listens yet
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
