package dev.kibi.operator.certificate;

import java.time.Duration;

/**
 * How long certificates are good for.
 *
 * @param authority of a cluster's authority
 * @param leaf of what it signs, the nodes' certificate and the operator's
 * @param settling until every pod is certain to have what a Secret was given: longer than the
 *     kubelet and the node's own look take together
 */
public record Lifetimes(Duration authority, Duration leaf, Duration settling) {
  /** A third of a life is left when its successor is made; a change of authority settles twice. */
  private static final int SETTLINGS_MIN = 9;

  public Lifetimes {
    requireLong("leaf lifetime", leaf, settling);
    requireLong("authority lifetime", authority, settling);
  }

  private static void requireLong(String name, Duration life, Duration settling) {
    if (settling.isNegative()
        || settling.isZero()
        || life.compareTo(settling.multipliedBy(SETTLINGS_MIN)) < 0) {
      throw new IllegalArgumentException(
          name
              + ": "
              + life
              + " (expected: at least "
              + SETTLINGS_MIN
              + " times the settling time, "
              + settling
              + ")");
    }
  }
}
