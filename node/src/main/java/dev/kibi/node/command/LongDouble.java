package dev.kibi.node.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number as C's {@code long double} is on x86: 64 bits of precision, so that INCRBYFLOAT rounds
 * where Redis rounds.
 *
 * <p>Read as {@code strtold} reads it and written as Redis writes it ({@code %.17Lf} without
 * trailing zeros). Numbers below 2^-16382 keep their full precision here; it shows in no digit that
 * is written.
 */
public final class LongDouble {

  /** Zero. */
  public static final LongDouble ZERO = new LongDouble(BigDecimal.ZERO);

  private static final LongDouble INFINITE = new LongDouble(null);

  private static final int PRECISION = 64;
  private static final int DIGITS = 17;

  /** What Redis' buffer holds, the final NUL left out. */
  private static final int LONGEST = 5 * 1024 - 1;

  private static final BigDecimal TWO = BigDecimal.TWO;

  /** The least number that rounds to infinity. */
  private static final BigDecimal TOO_LARGE =
      TWO.pow(16384).subtract(TWO.pow(16384 - PRECISION - 1));

  /** The largest number that rounds to zero. */
  private static final BigDecimal TOO_SMALL = BigDecimal.ONE.divide(TWO.pow(16446));

  /**
   * Beyond these powers of ten there are only zero and infinity, whatever the digits, which are at
   * most 5 KiB.
   */
  private static final int EXTREME_EXPONENT = 50_000;

  private static final Pattern DECIMAL =
      Pattern.compile("([+-]?)([0-9]*)(?:\\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?");
  private static final Pattern HEXADECIMAL =
      Pattern.compile("([+-]?)0[xX]([0-9a-fA-F]*)(?:\\.([0-9a-fA-F]*))?(?:[pP]([+-]?[0-9]+))?");
  private static final Pattern INFINITY =
      Pattern.compile("[+-]?inf(?:inity)?", Pattern.CASE_INSENSITIVE);

  /** Null for an infinite number, whose sign nobody asks for. */
  private final @Nullable BigDecimal value;

  private LongDouble(@Nullable BigDecimal value) {
    this.value = value;
  }

  /**
   * The number that the whole text spells, or null when it spells none that a long double can hold.
   */
  public static @Nullable LongDouble parse(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > LONGEST) {
      return null;
    }
    String text = new String(bytes, ISO_8859_1);
    if (INFINITY.matcher(text).matches()) {
      return INFINITE;
    }
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      return read(decimal, 10, 10, 1);
    }
    Matcher hexadecimal = HEXADECIMAL.matcher(text);
    return hexadecimal.matches() ? read(hexadecimal, 16, 2, 4) : null;
  }

  private static @Nullable LongDouble read(Matcher parts, int radix, int base, int digitPowers) {
    String fraction = parts.group(3) == null ? "" : parts.group(3);
    String digits = parts.group(2) + fraction;
    if (digits.isEmpty()) {
      return null;
    }
    BigInteger unscaled = new BigInteger(digits, radix);
    if (unscaled.signum() == 0) {
      return ZERO;
    }
    long exponent = exponent(parts.group(4)) - (long) fraction.length() * digitPowers;
    if (Math.abs(exponent) > EXTREME_EXPONENT) {
      return null;
    }
    BigDecimal power = BigDecimal.valueOf(base).pow((int) Math.abs(exponent));
    BigDecimal magnitude = new BigDecimal(unscaled);
    LongDouble rounded =
        exponent < 0 ? quotient(magnitude, power) : rounded(magnitude.multiply(power));
    boolean outOfRange = !rounded.isFinite() || rounded == ZERO;
    return outOfRange ? null : parts.group(1).equals("-") ? rounded.negated() : rounded;
  }

  private static long exponent(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    boolean negative = text.startsWith("-");
    BigInteger exponent = new BigInteger(text.startsWith("+") ? text.substring(1) : text);
    // Enough to be extreme together with any fraction.
    return exponent.bitLength() < Integer.SIZE - 1
        ? exponent.longValue()
        : negative ? Integer.MIN_VALUE : Integer.MAX_VALUE;
  }

  /** Whether it is neither infinite nor not a number. */
  public boolean isFinite() {
    return value != null;
  }

  /** The sum, rounded; an infinite number stays infinite. */
  public LongDouble plus(LongDouble other) {
    if (value == null || other.value == null) {
      return INFINITE;
    }
    return rounded(value.add(other.value));
  }

  private LongDouble negated() {
    return value == null ? INFINITE : new LongDouble(value.negate());
  }

  /**
   * A positive quotient: more bits than needed, with a note of whether anything is left behind
   * them.
   */
  private static LongDouble quotient(BigDecimal dividend, BigDecimal divisor) {
    BigInteger above = dividend.toBigIntegerExact();
    BigInteger below = divisor.toBigIntegerExact();
    int shift = Math.max(0, PRECISION + 2 + below.bitLength() - above.bitLength());
    BigInteger[] parts = above.shiftLeft(shift).divideAndRemainder(below);
    BigDecimal scaled = new BigDecimal(roundBits(parts[0], parts[1].signum() != 0));
    return inRange(scaled.divide(TWO.pow(shift)));
  }

  private static LongDouble rounded(BigDecimal exact) {
    if (exact.signum() == 0) {
      return ZERO;
    }
    // Every finite number here is an integer divided by a power of two, or an integer.
    int shift = Math.max(0, exact.scale());
    BigInteger scaled = exact.multiply(TWO.pow(shift)).toBigIntegerExact();
    BigInteger bits = roundBits(scaled.abs(), false);
    BigDecimal magnitude = new BigDecimal(bits).divide(TWO.pow(shift));
    return inRange(exact.signum() < 0 ? magnitude.negate() : magnitude);
  }

  /**
   * Rounds to the leading 64 bits, half to even; {@code more} says that there was something below
   * the last bit.
   */
  private static BigInteger roundBits(BigInteger bits, boolean more) {
    int dropped = bits.bitLength() - PRECISION;
    if (dropped <= 0) {
      return bits;
    }
    BigInteger kept = bits.shiftRight(dropped);
    boolean half = bits.testBit(dropped - 1);
    boolean beyondHalf = more || bits.getLowestSetBit() < dropped - 1;
    if (half && (beyondHalf || kept.testBit(0))) {
      kept = kept.add(BigInteger.ONE);
    }
    return kept.shiftLeft(dropped);
  }

  private static LongDouble inRange(BigDecimal rounded) {
    BigDecimal magnitude = rounded.abs();
    if (magnitude.compareTo(TOO_LARGE) >= 0) {
      return INFINITE;
    }
    return magnitude.compareTo(TOO_SMALL) <= 0 ? ZERO : new LongDouble(rounded);
  }

  /** At most 17 digits behind the point, no zeros at the end, never an exponent. */
  @Override
  public String toString() {
    if (value == null) {
      return "inf";
    }
    BigDecimal shown = value.setScale(DIGITS, RoundingMode.HALF_EVEN);
    return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
  }
}
