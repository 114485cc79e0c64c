package dev.kibi.operator.model;

import java.math.BigInteger;

/**
 * Writes a whole quantity as the API server stores it: with the largest suffix that leaves it
 * whole. What is written otherwise differs from what is read at every comparison, and is applied
 * for ever.
 */
final class CanonicalQuantity {

  private static final String BINARY = "KMGTPE";
  private static final String DECIMAL = "kMGTPE";
  private static final int DIGITS_END = '9';

  private CanonicalQuantity() {}

  /** {@code 2048Mi} becomes {@code 2Gi}, {@code 1000M} becomes {@code 1G}. */
  static String of(String quantity) {
    int end = 0;
    while (end < quantity.length() && quantity.charAt(end) <= DIGITS_END) {
      end++;
    }
    BigInteger number = new BigInteger(quantity.substring(0, end));
    String suffix = quantity.substring(end);
    boolean binary = suffix.endsWith("i");
    String suffixes = binary ? BINARY : DECIMAL;
    BigInteger step = BigInteger.valueOf(binary ? 1024 : 1000);
    int power = suffix.isEmpty() ? 0 : suffixes.indexOf(suffix.charAt(0)) + 1;
    while (power < suffixes.length() && number.mod(step).signum() == 0) {
      number = number.divide(step);
      power++;
    }
    return number + (power == 0 ? "" : suffixes.charAt(power - 1) + (binary ? "i" : ""));
  }
}
