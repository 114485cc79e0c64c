package dev.kibi.node.tls;

import dev.kibi.protocol.peer.PeerIdentity;
import dev.kibi.protocol.peer.PeerName;
import dev.kibi.protocol.peer.PeerRole;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of a cluster, which signs what a test wants. */
public final class TestAuthority {
  private static final AtomicLong SERIALS = new AtomicLong(1);
  private static final Duration LONG = Duration.ofDays(1);

  private final X500Name name = new X500Name("CN=authority " + SERIALS.incrementAndGet());
  private final KeyPair keys = newKeys();
  private final X509Certificate certificate;

  public TestAuthority() {
    this.certificate = certificate(name, keys.getPublic(), LONG, true, "");
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** One that believes this authority and shows a certificate of it. */
  public PeerIdentity identity(String clusterUid, PeerRole role) {
    return identity(clusterUid, role, LONG, List.of(certificate));
  }

  /** One whose certificate ends after {@code life}, which may be negative. */
  public PeerIdentity identity(
      String clusterUid, PeerRole role, Duration life, List<X509Certificate> trusted) {
    PeerName peer = new PeerName(clusterUid, role);
    KeyPair own = newKeys();
    X509Certificate leaf =
        certificate(new X500Name("CN=leaf"), own.getPublic(), life, false, peer.uri());
    PrivateKey key = own.getPrivate();
    return new PeerIdentity(peer, leaf, key, trusted);
  }

  private X509Certificate certificate(
      X500Name subject, PublicKey key, Duration life, boolean authority, String uri) {
    Instant end = Instant.now().plus(life);
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
                  name,
                  BigInteger.valueOf(SERIALS.incrementAndGet()),
                  Date.from(end.minus(life.abs()).minus(LONG)),
                  Date.from(end),
                  subject,
                  key)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!uri.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (CertIOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
