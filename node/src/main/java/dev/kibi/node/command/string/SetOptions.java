package dev.kibi.node.command.string;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.ExpiryArguments;

/**
 * The options behind SET and GETEX: at most one way to treat the expiry, NX or XX, and GET.
 *
 * <p>Redis lets the same option come twice; the last value counts.
 */
record SetOptions(Expiry expiry, int expiryArgument, boolean nx, boolean xx, boolean get) {

  enum Expiry {
    NONE,
    EX,
    PX,
    EXAT,
    PXAT,
    KEEPTTL,
    PERSIST
  }

  static final SetOptions NONE = new SetOptions(Expiry.NONE, 0, false, false, false);

  /** The options of SET, from argument 3 on. */
  static SetOptions ofSet(Call call) {
    return call.argc() == 3 ? NONE : parse(call, 3, true);
  }

  /** The options of GETEX, from argument 2 on. */
  static SetOptions ofGetEx(Call call) {
    return call.argc() == 2 ? NONE : parse(call, 2, false);
  }

  private static SetOptions parse(Call call, int from, boolean isSet) {
    Expiry expiry = Expiry.NONE;
    int expiryArgument = 0;
    boolean nx = false;
    boolean xx = false;
    boolean get = false;
    for (int i = from; i < call.argc(); i++) {
      if (isSet && call.is(i, "NX") && !xx) {
        nx = true;
      } else if (isSet && call.is(i, "XX") && !nx) {
        xx = true;
      } else if (isSet && call.is(i, "GET")) {
        get = true;
      } else {
        Expiry named = expiry(call, i, isSet);
        if (expiry != Expiry.NONE && expiry != named) {
          throw CommandError.syntax();
        }
        expiry = named;
        if (named != Expiry.KEEPTTL && named != Expiry.PERSIST) {
          expiryArgument = ++i;
        }
      }
    }
    return new SetOptions(expiry, expiryArgument, nx, xx, get);
  }

  private static Expiry expiry(Call call, int i, boolean isSet) {
    if (call.is(i, isSet ? "KEEPTTL" : "PERSIST")) {
      return isSet ? Expiry.KEEPTTL : Expiry.PERSIST;
    }
    boolean hasValue = i + 1 < call.argc();
    if (hasValue && call.is(i, "EX")) {
      return Expiry.EX;
    }
    if (hasValue && call.is(i, "PX")) {
      return Expiry.PX;
    }
    if (hasValue && call.is(i, "EXAT")) {
      return Expiry.EXAT;
    }
    if (hasValue && call.is(i, "PXAT")) {
      return Expiry.PXAT;
    }
    throw CommandError.syntax();
  }

  /** Whether a time is given. */
  boolean hasTime() {
    return expiryArgument != 0;
  }

  /** Whether the time is a point in time, not a time to live. */
  boolean isAbsolute() {
    return expiry == Expiry.EXAT || expiry == Expiry.PXAT;
  }

  /** The time given, in milliseconds since the epoch. */
  long expireAtMs(Call call) {
    return switch (expiry) {
      case EX -> ExpiryArguments.after(call, expiryArgument, 1000);
      case PX -> ExpiryArguments.after(call, expiryArgument, 1);
      case EXAT -> ExpiryArguments.at(call, expiryArgument, 1000);
      case PXAT -> ExpiryArguments.at(call, expiryArgument, 1);
      case NONE, KEEPTTL, PERSIST ->
          throw new IllegalStateException("expiry: " + expiry + " (expected: a time)");
    };
  }
}
