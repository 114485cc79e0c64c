package dev.kibi.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes whole responses. */
final class Reply {
  private Reply() {}

  static void json(HttpExchange exchange, int code, JsonNode body) throws IOException {
    send(exchange, code, "application/json", Json.bytes(body));
  }

  static void text(HttpExchange exchange, int code, String body) throws IOException {
    send(exchange, code, "text/plain", body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int code, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    // In the JDK's server a length of -1 means "no body" and 0 means "of unknown length".
    exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
