package dev.kibi.images;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A client's usual beginning, so that its code paths are in the caches too. */
final class TrainingClient {
  private static final int TIMEOUT_MS = 10_000;

  /** QUIT comes last: the node closes, and so the end of all replies is known. */
  private static final List<String> LINES =
      List.of(
          "HELLO 3",
          "CLIENT SETNAME training",
          "CLIENT SETINFO LIB-NAME kibi",
          "CLUSTER SLOTS",
          "CLUSTER SHARDS",
          "COMMAND",
          "SET key value EX 100",
          "GET key",
          "MGET {key}1 {key}2",
          "INCR counter",
          "HSET hash field value",
          "HGETALL hash",
          "SCAN 0",
          "INFO",
          "DEL key",
          "QUIT");

  private TrainingClient() {}

  /** Sends everything to {@code host:port} and reads until the node closes. */
  static void talkTo(String endpoint) throws IOException {
    int colon = endpoint.lastIndexOf(':');
    InetSocketAddress address =
        new InetSocketAddress(
            endpoint.substring(0, colon), Integer.parseInt(endpoint.substring(colon + 1)));
    try (Socket socket = new Socket()) {
      socket.connect(address, TIMEOUT_MS);
      socket.setSoTimeout(TIMEOUT_MS);
      socket
          .getOutputStream()
          .write((String.join("\r\n", LINES) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      if (in.readAllBytes().length == 0) {
        throw new BuildException("training: no reply from " + endpoint + " (expected: replies)");
      }
    }
  }
}
