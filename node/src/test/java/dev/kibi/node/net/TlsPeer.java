package dev.kibi.node.net;

import dev.kibi.protocol.peer.PeerIdentity;
import dev.kibi.protocol.peer.PeerKey;
import dev.kibi.protocol.peer.PeerTrust;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.FrameCodec;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A caller with the JDK's sockets, as the operator is one. */
final class TlsPeer implements AutoCloseable {
  private static final int TIMEOUT_MS = 20_000;

  private final SSLSocket socket;

  private TlsPeer(int port, KeyManager[] keys, TrustManager trust) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys, new TrustManager[] {trust}, null);
      socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(TIMEOUT_MS);
      socket.startHandshake();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static TlsPeer dial(int port, PeerIdentity identity) throws IOException {
    return new TlsPeer(port, new KeyManager[] {new PeerKey(identity)}, PeerTrust.of(identity));
  }

  /** Shows no certificate. */
  static TlsPeer anonymous(int port, PeerIdentity identity) throws IOException {
    return new TlsPeer(port, new KeyManager[0], PeerTrust.of(identity));
  }

  /** Does not look at the node's name. */
  static TlsPeer believingAnyName(int port, PeerIdentity identity) throws IOException {
    return new TlsPeer(port, new KeyManager[] {new PeerKey(identity)}, new Credulous());
  }

  Certificate certificate() throws IOException {
    return socket.getSession().getPeerCertificates()[0];
  }

  void send(Frame frame) throws IOException {
    write(bytes(frame));
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  static byte[] bytes(Frame frame) {
    ByteBuffer encoded = FrameCodec.encode(frame);
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  void readSomething() throws IOException {
    if (socket.getInputStream().read() < 0) {
      throw new EOFException("closed");
    }
  }

  /** Reads so many frames. */
  void readAllOf(int frames) {
    try {
      for (int i = 0; i < frames; i++) {
        int length = ByteBuffer.wrap(socket.getInputStream().readNBytes(Integer.BYTES)).getInt();
        if (socket.getInputStream().readNBytes(length).length < length) {
          throw new EOFException("closed after " + i + " frames");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static final class Credulous extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
