package dev.kibi.local.api;

import com.sun.net.httpserver.HttpExchange;
import dev.kibi.local.api.WriteOptions.FieldValidation;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An HTTP request: its path below the server's base path, its parameters, its body. */
record Request(HttpExchange exchange, List<String> path, Map<String, String> parameters) {
  /** As in etcd: a larger object is refused. */
  private static final int BODY_LIMIT_BYTES = 3 << 20;

  static Request of(HttpExchange exchange, String basePath) {
    String path = exchange.getRequestURI().getPath().substring(basePath.length());
    List<String> segments =
        List.of(path.split("/", -1)).stream().filter(segment -> !segment.isEmpty()).toList();
    return new Request(exchange, segments, parameters(exchange.getRequestURI().getRawQuery()));
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new TreeMap<>();
    if (query != null) {
      for (String parameter : query.split("&", -1)) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        parameters.put(decode(name), decode(value));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  String method() {
    return exchange.getRequestMethod();
  }

  /** The value of a parameter, empty if it is absent. */
  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  boolean isSet(String name) {
    return List.of("true", "1").contains(parameter(name));
  }

  String header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  /** kubectl asks for tables, programs for objects. */
  boolean wantsTable() {
    return header("Accept").contains("as=Table");
  }

  String mediaType() {
    return header("Content-Type").replaceFirst(";.*", "").trim();
  }

  byte[] body() throws IOException {
    if (mediaType().equals("application/vnd.kubernetes.protobuf")) {
      throw ApiException.unsupportedMediaType(
          "Content-Type: Protocol Buffers (expected: JSON; use kubectl apply -f instead)");
    }
    byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT_BYTES + 1);
    if (body.length > BODY_LIMIT_BYTES) {
      throw ApiException.badRequest(
          "the body of the request: too large (expected: at most " + BODY_LIMIT_BYTES + " bytes)");
    }
    return body;
  }

  WriteOptions writeOptions() {
    String dryRun = parameter("dryRun");
    if (!dryRun.isEmpty() && !dryRun.equals("All")) {
      throw ApiException.badRequest("dryRun: " + dryRun + " (expected: All)");
    }
    FieldValidation validation = WriteOptions.fieldValidation(parameter("fieldValidation"));
    return new WriteOptions(
        !dryRun.isEmpty(),
        validation,
        warning ->
            exchange
                .getResponseHeaders()
                .add("Warning", "299 - \"" + warning.replace("\"", "\\\"") + "\""));
  }
}
