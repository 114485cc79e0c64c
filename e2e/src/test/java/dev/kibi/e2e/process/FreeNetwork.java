package dev.kibi.e2e.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/** Finds loopback addresses {@code 127.N.*.*} that no other instance on this machine uses. */
final class FreeNetwork {
  private static final int FIRST = 100;
  private static final int COUNT = 150;
  private static final int API_PORT = 6443;

  private FreeNetwork() {}

  static String find() {
    // Two builds at the same time begin their search at different places.
    int start = (int) (ProcessHandle.current().pid() % COUNT);
    return IntStream.range(0, COUNT)
        .mapToObj(i -> "127." + (FIRST + (start + i) % COUNT))
        .filter(FreeNetwork::isFree)
        .findFirst()
        .orElseThrow(() -> new AssertionError("network: all in use (expected: a free 127.N)"));
  }

  private static boolean isFree(String network) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(network + ".0.1"), API_PORT));
      return true;
    } catch (IOException e) {
      return false; // That is the answer.
    }
  }
}
