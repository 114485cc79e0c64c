package dev.kibi.local.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards connections to one address to a list of backends, in turn. When no backend accepts, the
 * connection is closed.
 *
 * <p>The end of the client's stream is passed on, so that a client may send its last request, close
 * its side and still get the reply. When the backend closes, both sides are closed.
 */
final class TcpForwarder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpForwarder.class);
  private static final int CONNECT_TIMEOUT_MS = 1_000;
  private static final int BACKLOG = 512;

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final OpenSockets open = new OpenSockets();
  private volatile List<InetSocketAddress> backends = List.of();

  /** Listens at once; connections made before {@link #setBackends} are closed. */
  TcpForwarder(InetSocketAddress address) throws IOException {
    this.server = new ServerSocket(address.getPort(), BACKLOG, address.getAddress());
    threads.execute(this::acceptAll);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  void setBackends(List<InetSocketAddress> newBackends) {
    backends = List.copyOf(newBackends);
  }

  private void acceptAll() {
    int turn = 0;
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        int start = turn++;
        threads.execute(() -> serve(client, start));
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.warn(
              "not accepted address={} error={}", server.getLocalSocketAddress(), e.toString());
        }
      }
    }
  }

  private void serve(Socket client, int start) {
    open.add(client);
    try {
      Socket backend = connect(start);
      open.add(backend);
      try {
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        backend.setOption(StandardSocketOptions.TCP_NODELAY, true);
        threads.execute(() -> copyRequests(client, backend));
        copy(backend, client);
      } finally {
        open.remove(backend);
      }
    } catch (IOException e) {
      LOG.debug("connection ended address={} error={}", address(), e.toString());
    } finally {
      open.remove(client);
    }
  }

  private Socket connect(int start) throws IOException {
    List<InetSocketAddress> candidates = backends;
    for (int i = 0; i < candidates.size(); i++) {
      InetSocketAddress candidate = candidates.get(Math.floorMod(start + i, candidates.size()));
      Socket socket = new Socket();
      try {
        socket.connect(candidate, CONNECT_TIMEOUT_MS);
        return socket;
      } catch (IOException e) {
        socket.close();
        LOG.debug("backend skipped address={} error={}", candidate, e.toString());
      }
    }
    throw new IOException("no backend accepts connections");
  }

  private void copyRequests(Socket client, Socket backend) {
    try {
      copy(client, backend);
      backend.shutdownOutput();
    } catch (IOException e) {
      // The client is gone for good: closing the backend's side ends the other direction too.
      open.remove(backend);
    }
  }

  private static void copy(Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    in.transferTo(out);
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.closeAll();
    threads.shutdownNow();
  }
}
