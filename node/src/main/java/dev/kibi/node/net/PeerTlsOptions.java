package dev.kibi.node.net;

import dev.kibi.protocol.peer.PeerHandshake;
import dev.kibi.protocol.peer.PeerIdentity;
import dev.kibi.protocol.peer.PeerKey;
import dev.kibi.protocol.peer.PeerTrust;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * An identity as Vert.x wants it, for both ends: TLS 1.3 alone, and both show a certificate. Host
 * names are not looked at, names of certificates are.
 */
final class PeerTlsOptions {
  private static final Set<String> PROTOCOLS = Set.of(PeerHandshake.PROTOCOL);

  /** A caller that does not finish its handshake holds a socket no longer than this. */
  private static final Duration PATIENCE_WITH_CALLERS = Duration.ofSeconds(10);

  private PeerTlsOptions() {}

  static ServerSSLOptions server(PeerIdentity identity) {
    ServerSSLOptions options = new ServerSSLOptions();
    options
        .setClientAuth(ClientAuth.REQUIRED)
        .setKeyCertOptions(KeyCertOptions.wrap(new PeerKey(identity)))
        .setTrustOptions(TrustOptions.wrap(PeerTrust.of(identity)))
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setSslHandshakeTimeout(PATIENCE_WITH_CALLERS.toMillis());
    return options;
  }

  static ClientSSLOptions client(PeerIdentity identity, Duration patience) {
    ClientSSLOptions options = new ClientSSLOptions();
    options
        .setHostnameVerificationAlgorithm("")
        .setKeyCertOptions(KeyCertOptions.wrap(new PeerKey(identity)))
        .setTrustOptions(TrustOptions.wrap(PeerTrust.of(identity)))
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setSslHandshakeTimeout(patience.toMillis());
    return options;
  }
}
