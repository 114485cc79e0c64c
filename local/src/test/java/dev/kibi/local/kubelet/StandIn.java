package dev.kibi.local.kubelet;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Stands in for a node: ready over HTTP, and whoever connects to its client port is told its name.
 */
public final class StandIn {
  private StandIn() {}

  public static void main(String[] args) throws IOException {
    String name = System.getenv("KIBI_POD_NAME");
    InetAddress address = InetAddress.getByName(System.getenv("KIBI_BIND"));
    System.out.printf(
        "started %s uid=%s ip=%s memory=%s%n",
        name,
        System.getenv("KIBI_POD_UID"),
        System.getenv("KIBI_POD_IP"),
        System.getenv("KIBI_MEMORY_LIMIT"));
    HttpServer http = HttpServer.create(new InetSocketAddress(address, 9121), 0);
    http.createContext("/", exchange -> exchange.sendResponseHeaders(200, -1));
    http.start();
    try (ServerSocket server = new ServerSocket(6379, 50, address)) {
      while (true) {
        try (Socket client = server.accept()) {
          client.getInputStream().readAllBytes();
          client.getOutputStream().write(name.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }
}
