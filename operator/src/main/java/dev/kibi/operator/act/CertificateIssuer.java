package dev.kibi.operator.act;

import dev.kibi.operator.certificate.Authority;
import dev.kibi.operator.certificate.Issuer;
import dev.kibi.operator.certificate.Leaf;
import dev.kibi.operator.certificate.Validity;
import dev.kibi.protocol.peer.PeerName;
import dev.kibi.protocol.peer.PeerRole;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import java.util.Objects;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates on P-256; keys and signatures are the JDK's, the form is Bouncy Castle's. */
public final class CertificateIssuer implements Issuer {
  private static final String CURVE = "secp256r1";
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final int SERIAL_BITS = 127;

  private final SecureRandom random = new SecureRandom();

  @Override
  public Authority authority(String clusterUid, Validity validity) {
    KeyPair keys = newKeys();
    BigInteger serial = newSerial();
    X500Name name = subject("authority " + serial.toString(16), clusterUid);
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
                  name,
                  serial,
                  Date.from(validity.from()),
                  Date.from(validity.until()),
                  name,
                  keys.getPublic())
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      return new Authority(
          sign(builder, keys.getPublic(), keys.getPublic(), keys.getPrivate()), keys.getPrivate());
    } catch (CertIOException e) {
      throw new IllegalStateException("an extension cannot be written", e);
    }
  }

  @Override
  public Leaf leaf(PeerName name, Authority signer, Validity validity) {
    KeyPair keys = newKeys();
    String part = name.role() == PeerRole.NODE ? "node" : "operator";
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
                  X500Name.getInstance(signer.certificate().getSubjectX500Principal().getEncoded()),
                  newSerial(),
                  Date.from(validity.from()),
                  Date.from(validity.until()),
                  subject(part, name.clusterUid()),
                  keys.getPublic())
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(Extension.extendedKeyUsage, false, purposes(name.role()))
              .addExtension(
                  Extension.subjectAlternativeName,
                  false,
                  new GeneralNames(
                      new GeneralName(GeneralName.uniformResourceIdentifier, name.uri())));
      return new Leaf(
          sign(
              builder,
              keys.getPublic(),
              signer.certificate().getPublicKey(),
              Objects.requireNonNull(signer.key(), "signer: without its key")),
          keys.getPrivate());
    } catch (CertIOException e) {
      throw new IllegalStateException("an extension cannot be written", e);
    }
  }

  private static ExtendedKeyUsage purposes(PeerRole role) {
    return switch (role) {
      case NODE ->
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
      case OPERATOR -> new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
    };
  }

  private static X509Certificate sign(
      X509v3CertificateBuilder builder, PublicKey subject, PublicKey issuer, PrivateKey key)
      throws CertIOException {
    try {
      JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(subject));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          identifiers.createAuthorityKeyIdentifier(issuer));
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("every JDK has " + SIGNATURE, e);
    }
  }

  private static X500Name subject(String part, String clusterUid) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.CN, part)
        .addRDN(BCStyle.O, "Kibi cluster " + clusterUid)
        .build();
  }

  private KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CURVE, e);
    }
  }

  private BigInteger newSerial() {
    return new BigInteger(SERIAL_BITS, random);
  }
}
