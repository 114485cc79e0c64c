package dev.kibi.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Prints the tables that the API server makes, as kubectl does. */
final class TablePrinter {
  private static final int GAP = 3;

  private TablePrinter() {}

  static JsonNode fetch(String server, String path) throws IOException, InterruptedException {
    String base = server.endsWith("/") ? server : server + "/";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return new ObjectMapper()
          .readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  static void print(JsonNode table, PrintWriter out) {
    List<List<String>> lines = new ArrayList<>();
    List<String> titles = new ArrayList<>();
    table
        .path("columnDefinitions")
        .forEach(column -> titles.add(column.path("name").asText().toUpperCase(Locale.ROOT)));
    lines.add(titles);
    for (JsonNode row : table.path("rows")) {
      List<String> cells = new ArrayList<>();
      row.path("cells").forEach(cell -> cells.add(cell.isNull() ? "" : cell.asText()));
      lines.add(cells);
    }
    int[] widths =
        IntStream.range(0, titles.size())
            .map(column ->
                lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0))
            .toArray();
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        String cell = line.get(column);
        text.append(cell).append(" ".repeat(widths[column] - cell.length() + GAP));
      }
      out.println(text.toString().stripTrailing());
    }
  }
}
