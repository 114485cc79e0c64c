package dev.kibi.protocol.peer;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Certificates and private keys (PKCS#8, elliptic curve) as text, RFC 7468. */
public final class Pem {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final int LINE_LENGTH = 64;

  private Pem() {}

  /**
   * All certificates of a text, in order.
   *
   * @param name what is read, for the message
   * @throws PeerIdentityException when there is none, or one cannot be read
   */
  public static List<X509Certificate> certificates(String name, String text)
      throws PeerIdentityException {
    List<X509Certificate> all = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] der : blocks(name, CERTIFICATE, text)) {
        all.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
      }
    } catch (CertificateException e) {
      throw unreadable(name, CERTIFICATE, e);
    }
    return List.copyOf(all);
  }

  /**
   * The one private key of a text.
   *
   * @throws PeerIdentityException when there is none, or it cannot be read
   */
  public static PrivateKey privateKey(String name, String text) throws PeerIdentityException {
    byte[] der = blocks(name, PRIVATE_KEY, text).getFirst();
    try {
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (InvalidKeySpecException | NoSuchAlgorithmException e) {
      throw unreadable(name, PRIVATE_KEY, e);
    }
  }

  public static String text(X509Certificate certificate) {
    try {
      return block(CERTIFICATE, certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("certificate: has no bytes", e);
    }
  }

  public static String text(PrivateKey key) {
    return block(PRIVATE_KEY, key.getEncoded());
  }

  private static String block(String label, byte[] der) {
    Base64.Encoder lines =
        Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(StandardCharsets.US_ASCII));
    return begin(label) + "\n" + lines.encodeToString(der) + "\n" + end(label) + "\n";
  }

  private static List<byte[]> blocks(String name, String label, String text)
      throws PeerIdentityException {
    List<byte[]> all = new ArrayList<>();
    int at = text.indexOf(begin(label));
    while (at >= 0) {
      int from = at + begin(label).length();
      int to = text.indexOf(end(label), from);
      if (to < 0) {
        throw unreadable(name, label, null);
      }
      try {
        all.add(Base64.getMimeDecoder().decode(text.substring(from, to)));
      } catch (IllegalArgumentException e) {
        throw unreadable(name, label, e);
      }
      at = text.indexOf(begin(label), to);
    }
    if (all.isEmpty()) {
      throw unreadable(name, label, null);
    }
    return all;
  }

  private static PeerIdentityException unreadable(
      String name, String label, @Nullable Exception cause) {
    return new PeerIdentityException(
        name + ": cannot be read (expected: " + begin(label) + " and its base64)", cause);
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----";
  }

  private static String end(String label) {
    return "-----END " + label + "-----";
  }
}
