package dev.kibi.local.service;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of connections in progress, to be closed when their forwarder is. */
final class OpenSockets {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSockets.class);

  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  void add(Socket socket) {
    sockets.add(socket);
  }

  /** Forgets and closes a socket; closing twice is harmless. */
  void remove(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("socket not closed error={}", e.toString());
    }
  }

  void closeAll() {
    sockets.forEach(this::remove);
  }
}
