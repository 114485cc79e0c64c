package dev.kibi.operator.certificate;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/**
 * The times of a certificate. It is valid from a while before it was made, because clocks differ.
 */
public record Validity(Instant madeAt, Instant until) {
  /** How much a clock may be behind the operator's. */
  private static final Duration BACKDATED = Duration.ofMinutes(5);

  private static final int RENEWAL_NUMERATOR = 2;
  private static final int RENEWAL_DENOMINATOR = 3;

  public static Validity of(X509Certificate certificate) {
    return new Validity(
        certificate.getNotBefore().toInstant().plus(BACKDATED),
        certificate.getNotAfter().toInstant());
  }

  /** As the certificate says it. */
  public Instant from() {
    return madeAt.minus(BACKDATED);
  }

  /** Two thirds of the life are over: what is left is for all that can go wrong. */
  Instant renewAt() {
    Duration life = Duration.between(madeAt, until);
    return madeAt.plus(life.multipliedBy(RENEWAL_NUMERATOR).dividedBy(RENEWAL_DENOMINATOR));
  }

  boolean isOverAt(Instant now) {
    return !now.isBefore(until);
  }
}
