package dev.kibi.e2e.process;

import dev.kibi.operator.act.CertificateIssuer;
import dev.kibi.operator.certificate.Authority;
import dev.kibi.operator.certificate.Leaf;
import dev.kibi.operator.certificate.Validity;
import dev.kibi.protocol.peer.PeerIdentity;
import dev.kibi.protocol.peer.PeerKey;
import dev.kibi.protocol.peer.PeerName;
import dev.kibi.protocol.peer.PeerTrust;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.FrameCodec;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Opens control links to nodes as an operator would, or as somebody who only says so. */
public final class PeerProbe {
  private static final int PORT = 16379;
  private static final int TIMEOUT_MS = 10_000;
  private static final Duration LIFE = Duration.ofHours(1);
  private static final CertificateIssuer ISSUER = new CertificateIssuer();

  private PeerProbe() {}

  /** A fresh certificate of an authority, whose holder believes the given ones. */
  public static PeerIdentity signed(
      Authority signer, PeerName name, List<X509Certificate> trusted) {
    Instant now = Instant.now();
    Leaf leaf = ISSUER.leaf(name, signer, new Validity(now, now.plus(LIFE)));
    return new PeerIdentity(name, leaf.certificate(), leaf.key(), trusted);
  }

  /**
   * Asks a node for a report, and returns the certificate that the node has shown.
   *
   * @throws IOException when the node refuses
   */
  public static X509Certificate reported(NodeInfo node, PeerIdentity identity) throws IOException {
    return ask(node, identity, new KeyManager[] {new PeerKey(identity)});
  }

  /** The same without a certificate of one's own. */
  public static void askedWithoutCertificate(NodeInfo node, PeerIdentity identity)
      throws IOException {
    ask(node, identity, new KeyManager[0]);
  }

  /** The same in the clear. */
  public static void askedInTheClear(NodeInfo node, String clusterUid) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral(node.address()), PORT)) {
      socket.setSoTimeout(TIMEOUT_MS);
      hello(socket, clusterUid, node);
      requireFrame(socket);
    }
  }

  private static X509Certificate ask(NodeInfo node, PeerIdentity identity, KeyManager[] keys)
      throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            context(identity, keys)
                .getSocketFactory()
                .createSocket(InetAddress.ofLiteral(node.address()), PORT)) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.startHandshake();
      hello(socket, identity.name().clusterUid(), node);
      requireFrame(socket);
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static void hello(Socket socket, String clusterUid, NodeInfo node) throws IOException {
    ByteBuffer frame = FrameCodec.encode(new Frame.OperatorHello(clusterUid, node.id().podUid()));
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    socket.getOutputStream().write(bytes);
  }

  /** A frame begins with its length, which fits into three bytes; an alert of TLS does not. */
  private static void requireFrame(Socket socket) throws IOException {
    if (socket.getInputStream().read() != 0) {
      throw new EOFException("no report");
    }
  }

  private static SSLContext context(PeerIdentity identity, KeyManager @Nullable [] keys) {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys, new TrustManager[] {PeerTrust.of(identity)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS 1.3", e);
    }
  }
}
