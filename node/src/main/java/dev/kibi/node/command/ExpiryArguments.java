package dev.kibi.node.command;

/** Turns a time a client sends into milliseconds since the epoch, with the errors of Redis 7.0. */
public final class ExpiryArguments {

  private ExpiryArguments() {}

  /**
   * A time to live in argument {@code i}, in units of so many milliseconds, counted from now; it
   * must be positive.
   */
  public static long after(Call call, int i, long unitMs) {
    long ms = positive(call, i, unitMs);
    if (ms > Long.MAX_VALUE - call.now()) {
      throw invalid(call);
    }
    return ms + call.now();
  }

  /**
   * A point in time in argument {@code i}, in units of so many milliseconds; it must be positive.
   */
  public static long at(Call call, int i, long unitMs) {
    return positive(call, i, unitMs);
  }

  /** The error for a time that no key can have. */
  public static CommandError invalid(Call call) {
    return CommandError.of("ERR invalid expire time in '" + call.spec().fullName() + "' command");
  }

  private static long positive(Call call, int i, long unitMs) {
    long units = call.integer(i);
    if (units <= 0 || units > Long.MAX_VALUE / unitMs) {
      throw invalid(call);
    }
    return units * unitMs;
  }
}
