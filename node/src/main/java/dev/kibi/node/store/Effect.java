package dev.kibi.node.store;

/**
 * The effects a record is made of, and their codes.
 *
 * <p>A record is what one command did to one slot, and is applied as a whole or not at all:
 *
 * <pre>
 * u32 length of what follows | u16 slot | effect …          (big endian)
 * effect = u8 code, then
 *   KEY         bytes                  the effects that follow are on this key
 *   PUT_STRING  u8 form, i64 expiry, bytes
 *   SPLICE      count position, bytes
 *   DELETE
 *   EXPIRE_AT   i64 expiry             milliseconds since the epoch, -1 for none
 *   PUT_FIELD   bytes name, bytes value
 *   DROP_FIELD  bytes name
 *   CLEAR_SLOT
 * bytes = count, then as many bytes;  count = LEB128, at most 5 bytes, at most 512 MiB
 * </pre>
 *
 * <p>Effects are absolute, so a stretch of log may be applied to a state that already has some of
 * it (a dump taken while the log went on) and still ends right: every trace of a key is overwritten
 * by the last effect on it, or was deleted by name before. That is why a hash that loses its last
 * field is logged as DELETE: DROP_FIELD on a state that has later fields would not take the expiry
 * away. It is also why no effect refers to another key.
 */
final class Effect {

  static final int KEY = 1;
  static final int PUT_STRING = 2;
  static final int SPLICE = 3;
  static final int DELETE = 4;
  static final int EXPIRE_AT = 5;
  static final int PUT_FIELD = 6;
  static final int DROP_FIELD = 7;
  static final int CLEAR_SLOT = 8;

  /** Bytes before the first effect of a record. */
  static final int HEADER = Integer.BYTES + Short.BYTES;

  /** The largest key, value, name or position: what a client may send in one argument. */
  static final int MOST_COUNT = 512 << 20;

  /** A record of this size takes no further effect. */
  static final int SPLIT_BYTES = 64 << 20;

  /**
   * The largest record: one just below the split size, and a key, a name and a value of the largest
   * size.
   */
  static final int MOST_RECORD = SPLIT_BYTES + 3 * MOST_COUNT + 64;

  private Effect() {}
}
