package dev.kibi.operator.certificate;

import dev.kibi.protocol.peer.PeerIdentity;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A certificate that an authority has signed, with its key. */
public record Leaf(X509Certificate certificate, PrivateKey key) {

  Validity validity() {
    return Validity.of(certificate);
  }

  boolean isSignedBy(Authority authority) {
    return PeerIdentity.hasSigned(authority.certificate(), certificate);
  }

  @Override
  public String toString() {
    return "certificate until " + validity().until(); // never the key
  }
}
