package dev.kibi.node.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The oracle: one redis-server process for all tests of this JVM, a cluster of one node that owns
 * every slot, on free loopback ports. It is ended with the JVM.
 */
final class RedisServer {
  private static final String VERSION = "v=7.0.15";
  private static @Nullable RedisServer shared;

  private final int port;

  private RedisServer(int port) {
    this.port = port;
  }

  /** A new connection to the oracle, which the first call starts. */
  static synchronized RedisConnection connect() throws IOException {
    RedisServer server = shared;
    if (server == null) {
      server = start();
      shared = server;
    }
    return new RedisConnection(server.port);
  }

  private static RedisServer start() {
    String program = findOnPath();
    try {
      requireVersion(program);
      int port = freePort();
      Path directory = Files.createTempDirectory("kibi-oracle");
      Process process =
          new ProcessBuilder(
                  program,
                  "--port",
                  Integer.toString(port),
                  "--bind",
                  "127.0.0.1",
                  "--dir",
                  directory.toString(),
                  "--save",
                  "",
                  "--cluster-enabled",
                  "yes",
                  "--cluster-port",
                  Integer.toString(freePort()))
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, directory)));
      takeAllSlots(port);
      return new RedisServer(port);
    } catch (IOException e) {
      throw new IllegalStateException("redis-server: could not be started from " + program, e);
    }
  }

  private static String findOnPath() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(":", -1))
        .map(directory -> Path.of(directory, "redis-server"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "redis-server: not on PATH (expected: version 7.0.15, Debian package redis-server)"));
  }

  private static void requireVersion(String program) throws IOException {
    Process process = new ProcessBuilder(program, "--version").start();
    String version = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (!version.contains(VERSION)) {
      throw new IllegalStateException(program + ": " + version + " (expected: " + VERSION + ")");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void takeAllSlots(int port) {
    await("redis-server accepts connections")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(() -> {
          try (RedisConnection connection = new RedisConnection(port)) {
            return connection.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383").isOk();
          }
        });
    await("redis-server says its cluster is complete")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          try (RedisConnection connection = new RedisConnection(port)) {
            return connection.call("CLUSTER", "INFO").text().startsWith("cluster_state:ok");
          }
        });
  }

  private static void end(Process process, Path directory) {
    process.destroyForcibly();
    try (Stream<Path> files = Files.list(directory)) {
      process.waitFor();
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      System.err.println("oracle's directory: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
