package dev.kibi.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shard of the training cluster, as its API server shows it: what a node does when it is handed
 * over is done once or twice in its life, and is to be in the caches for just that reason.
 */
final class TrainingShard {
  private static final String PODS = "/api/v1/namespaces/default/pods/training-0-";
  private static final String CLUSTER =
      "/apis/kibi.dev/v1alpha1/namespaces/default/cacheclusters/training";
  private static final String ROLE = "/metadata/labels/kibi.dev~1role";
  private static final Pattern SERVER = Pattern.compile("server: *\"?([^\"\\s,}]+)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final String server;

  private TrainingShard(String server) {
    this.server = server;
  }

  static TrainingShard of(Path kubeconfig) throws IOException {
    Matcher server = SERVER.matcher(Files.readString(kubeconfig));
    if (!server.find()) {
      throw new BuildException(kubeconfig + ": no server (expected: one)");
    }
    return new TrainingShard(server.group(1));
  }

  /** Makes pod {@code number} the master. */
  void handOverTo(int number) throws IOException, InterruptedException {
    String pod = PODS + number;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!find(pod).map(found -> found.at(ROLE).asText()).orElse("").equals("master")) {
      // A copy that is not in sync yet is turned down, so it is asked for again.
      patch(pod, "{\"metadata\":{\"annotations\":{\"kibi.dev/make-master\":\"true\"}}}");
      pause(deadline, pod + ": not master");
    }
  }

  /** Two nodes that end at once would record into the same file. */
  void removeReplica() throws IOException, InterruptedException {
    patch(CLUSTER, "{\"spec\":{\"replicas\":0}}");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (find(PODS + 1).isPresent()) {
      pause(deadline, PODS + 1 + ": still there");
    }
  }

  private static void pause(long deadline, String state) throws InterruptedException {
    if (System.nanoTime() > deadline) {
      throw new BuildException("training: %s after %d s".formatted(state, PATIENCE.toSeconds()));
    }
    Thread.sleep(PAUSE);
  }

  private Optional<JsonNode> find(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(server + path)).build());
    return response.statusCode() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(json.readTree(checked(response).body()));
  }

  private void patch(String path, String change) throws IOException, InterruptedException {
    checked(
        send(
            HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString(change))
                .build()));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString());
  }

  private static HttpResponse<String> checked(HttpResponse<String> response) {
    if (response.statusCode() != OK) {
      throw new BuildException(
          "training: %s: status %d (expected: %d)%n%s"
              .formatted(response.uri(), response.statusCode(), OK, response.body()));
    }
    return response;
  }
}
