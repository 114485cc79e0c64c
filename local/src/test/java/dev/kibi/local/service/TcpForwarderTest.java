package dev.kibi.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpForwarderTest {
  private TcpForwarder forwarder;
  private ServerSocket backend;

  @BeforeEach
  void start() throws IOException {
    forwarder = new TcpForwarder(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    backend = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    forwarder.setBackends(List.of(address(backend)));
  }

  @AfterEach
  void stop() throws IOException {
    forwarder.close();
    backend.close();
  }

  @Test
  void bytesGoBothWays() throws IOException {
    try (Socket client = connect();
        Socket server = backend.accept()) {
      client.getOutputStream().write("ping".getBytes(StandardCharsets.UTF_8));
      assertThat(server.getInputStream().readNBytes(4)).asString().isEqualTo("ping");
      server.getOutputStream().write("pong".getBytes(StandardCharsets.UTF_8));
      assertThat(client.getInputStream().readNBytes(4)).asString().isEqualTo("pong");
    }
  }

  @Test
  void whenTheBackendClosesTheClientIsClosed() throws IOException {
    try (Socket client = connect()) {
      backend.accept().close();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void whenTheClientClosesTheBackendIsClosed() throws IOException {
    Socket client = connect();
    try (Socket server = backend.accept()) {
      client.close();
      assertThat(server.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aClientThatEndsItsStreamStillGetsTheReply() throws IOException {
    try (Socket client = connect();
        Socket server = backend.accept()) {
      client.shutdownOutput();
      assertThat(server.getInputStream().read()).isEqualTo(-1);
      server.getOutputStream().write('x');
      assertThat(client.getInputStream().read()).isEqualTo('x');
    }
  }

  @Test
  void aBackendThatDoesNotListenIsSkipped() throws IOException {
    ServerSocket dead = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    InetSocketAddress deadAddress = address(dead);
    dead.close();
    forwarder.setBackends(List.of(deadAddress, address(backend)));
    for (int i = 0; i < 3; i++) {
      try (Socket client = connect();
          Socket server = backend.accept()) {
        client.getOutputStream().write('x');
        assertThat(server.getInputStream().read()).isEqualTo('x');
      }
    }
  }

  @Test
  void withoutBackendsConnectionsAreClosed() throws IOException {
    forwarder.setBackends(List.of());
    try (Socket client = connect()) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void closingEndsConnectionsInProgress() throws IOException {
    try (Socket client = connect();
        Socket server = backend.accept()) {
      client.getOutputStream().write('x');
      assertThat(server.getInputStream().read()).isEqualTo('x');
      forwarder.close();
      assertThat(server.getInputStream().read()).isEqualTo(-1);
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(forwarder.address());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static InetSocketAddress address(ServerSocket socket) {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }
}
