package dev.kibi.operator.certificate;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * An authority of one cluster.
 *
 * @param key null where it is lost: the certificate is still believed, and signs nothing more
 */
public record Authority(X509Certificate certificate, @Nullable PrivateKey key) {

  Validity validity() {
    return Validity.of(certificate);
  }

  @Override
  public String toString() {
    return "authority until " + validity().until(); // never the key
  }
}
