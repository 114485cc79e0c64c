package dev.kibi.node.store;

import org.jspecify.annotations.Nullable;

/**
 * How a string came to be, which is all that OBJECT ENCODING tells about it: Redis looks for
 * integers only in values that were set as a whole, and never goes back from {@code raw}.
 */
enum StringForm {
  /** Set as a whole: {@code int} when it reads as an integer. */
  WHOLE,
  /** Written by INCRBYFLOAT: text even when it reads as an integer. */
  FLOAT,
  /** Changed in part: {@code raw}. */
  PARTS;

  private static final StringForm[] ALL = values();

  /** The form of a code in an effect, or null when there is none. */
  static @Nullable StringForm ofCode(int code) {
    return code < ALL.length ? ALL[code] : null;
  }
}
