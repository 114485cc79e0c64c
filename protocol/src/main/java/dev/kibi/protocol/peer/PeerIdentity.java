package dev.kibi.protocol.peer;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What a program proves itself with, and whom it believes.
 *
 * @param certificate its own, with {@code name} in it
 * @param key that belongs to it
 * @param trusted the authorities of its cluster: one, or two while one takes over from another
 */
public record PeerIdentity(
    PeerName name, X509Certificate certificate, PrivateKey key, List<X509Certificate> trusted) {

  /** The file, and the entry of a Secret, with the certificate. */
  public static final String CERTIFICATE_FILE = "tls.crt";

  /** That with its key. */
  public static final String KEY_FILE = "tls.key";

  /** That with the certificates of all authorities that are believed. */
  public static final String TRUSTED_FILE = "ca.crt";

  public PeerIdentity {
    trusted = List.copyOf(trusted);
  }

  /**
   * Reads the three texts.
   *
   * @throws PeerIdentityException when one cannot be read, or they do not fit each other
   */
  public static PeerIdentity read(PeerName expected, String certificate, String key, String trusted)
      throws PeerIdentityException {
    return of(
        expected,
        Pem.certificates(CERTIFICATE_FILE, certificate).getFirst(),
        Pem.privateKey(KEY_FILE, key),
        Pem.certificates(TRUSTED_FILE, trusted));
  }

  /** The same, of what has been read; all of it is checked but the time. */
  public static PeerIdentity of(
      PeerName expected, X509Certificate certificate, PrivateKey key, List<X509Certificate> trusted)
      throws PeerIdentityException {
    PeerName name =
        PeerName.of(certificate)
            .filter(expected::equals)
            .orElseThrow(() ->
                new PeerIdentityException(
                    CERTIFICATE_FILE
                        + ": "
                        + PeerName.of(certificate).map(PeerName::uri).orElse("no name of Kibi")
                        + " (expected: "
                        + expected
                        + ")",
                    null));
    if (!belongTogether(certificate, key)) {
      throw new PeerIdentityException(
          KEY_FILE + ": of another certificate (expected: the key of " + CERTIFICATE_FILE + ")",
          null);
    }
    if (trusted.stream().noneMatch(authority -> hasSigned(authority, certificate))) {
      throw new PeerIdentityException(
          TRUSTED_FILE + ": none has signed " + CERTIFICATE_FILE + " (expected: one has)", null);
    }
    return new PeerIdentity(name, certificate, key, trusted);
  }

  public Instant expiresAt() {
    return certificate.getNotAfter().toInstant();
  }

  /** Whether an authority has signed a certificate. */
  public static boolean hasSigned(X509Certificate authority, X509Certificate certificate) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Whether what the key signs is verified with the certificate. */
  public static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
    byte[] message = {1};
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return name + " until " + expiresAt(); // never the key
  }
}
