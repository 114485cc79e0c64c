package dev.kibi.protocol.peer;

import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** How both ends of a peer link prove who they are, for the JDK's own sockets and engines. */
public final class PeerHandshake {
  /** The only version of TLS that is spoken. */
  public static final String PROTOCOL = "TLSv1.3";

  private PeerHandshake() {}

  /** Shows what an identity has, and believes whom it believes. */
  public static SSLContext context(PeerIdentity identity) {
    try {
      SSLContext context = SSLContext.getInstance(PROTOCOL);
      context.init(
          new KeyManager[] {new PeerKey(identity)},
          new TrustManager[] {PeerTrust.of(identity)},
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + PROTOCOL, e);
    }
  }
}
