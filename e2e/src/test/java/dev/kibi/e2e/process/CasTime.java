package dev.kibi.e2e.process;

import dev.kibi.protocol.topology.NodeInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;

/**
 * How long a node's compare-and-sets of the topology took in all, as its metrics tell.
 *
 * @param count those that were applied
 */
record CasTime(double count, double seconds) {
  private static final int HTTP_PORT = 9121;

  static CasTime of(NodeInfo node) throws IOException, InterruptedException {
    URI uri = URI.create("http://" + node.address() + ":" + HTTP_PORT + "/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      String body =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      return new CasTime(figure(body, "count"), figure(body, "sum"));
    }
  }

  /** 0 for a node that has not changed the topology yet. */
  private static double figure(String metrics, String name) {
    String line = "kibi_topology_cas_seconds_" + name + "{outcome=\"applied\"} ";
    return Arrays.stream(metrics.split("\n"))
        .filter(candidate -> candidate.startsWith(line))
        .mapToDouble(found -> Double.parseDouble(found.substring(line.length())))
        .sum();
  }

  /** The mean of those since {@code before}, which are some. */
  double meanMsSince(CasTime before) {
    return 1_000 * (seconds - before.seconds) / (count - before.count);
  }
}
