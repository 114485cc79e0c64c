package dev.kibi.operator.nodelink;

import dev.kibi.protocol.peer.PeerHandshake;
import dev.kibi.protocol.peer.PeerIdentity;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a connected socket one that carries frames: TLS 1.3 with the certificates of the cluster
 * that the node must be of, or the socket itself where the network encrypts already.
 */
public final class PeerSockets {
  private final boolean encrypted;
  private final ConcurrentHashMap<ClusterKey, Used> contexts = new ConcurrentHashMap<>();

  private record Used(PeerIdentity identity, SSLContext context) {}

  public PeerSockets(boolean encrypted) {
    this.encrypted = encrypted;
  }

  /** Links of the cluster use this from now on; those that are open stay as they are. */
  public void use(ClusterKey cluster, PeerIdentity identity) {
    contexts.compute(
        cluster,
        (_, before) ->
            before != null && before.identity().equals(identity)
                ? before
                : new Used(identity, PeerHandshake.context(identity)));
  }

  public void forget(ClusterKey cluster) {
    contexts.remove(cluster);
  }

  /**
   * Shakes hands.
   *
   * @throws IOException when the node is none of this cluster, or does not believe us
   */
  Socket secure(ClusterKey cluster, Socket connected) throws IOException {
    if (!encrypted) {
      return connected;
    }
    @Nullable Used used = contexts.get(cluster);
    if (used == null) {
      throw new IOException("no certificate yet (expected: in a Secret of the cluster)");
    }
    SSLSocket socket =
        (SSLSocket)
            used.context()
                .getSocketFactory()
                .createSocket(
                    connected,
                    connected.getInetAddress().getHostAddress(),
                    connected.getPort(),
                    true);
    socket.setEnabledProtocols(new String[] {PeerHandshake.PROTOCOL});
    socket.startHandshake();
    return socket;
  }
}
