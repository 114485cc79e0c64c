package dev.kibi.node.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A 24-bit hash of a byte run under a seed, so that nobody outside can choose colliding keys.
 *
 * <p>It folds 128-bit products as wyhash does (github.com/wangyi-fudan/wyhash): fast on short keys,
 * and the top bits are good, which is what a table indexed by the top bits wants.
 */
final class SeededHash {

  /** How many bits a hash has; a SCAN cursor holds them. */
  static final int BITS = 24;

  /** One more than the largest hash. */
  static final int END = 1 << BITS;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long BODY = 0xa0761d6478bd642fL;
  private static final long TAIL = 0xe7037ed1a0b428dbL;
  private static final long FINISH = 0x8ebc6af09c88c6e3L;

  private SeededHash() {}

  /** The hash, 0 to {@link #END} - 1, of {@code bytes[offset, offset + length)}. */
  static int of(byte[] bytes, int offset, int length, long seed) {
    long hash = seed ^ BODY;
    int at = offset;
    int left = length;
    while (left > 8) {
      hash = fold(hash ^ (long) LONGS.get(bytes, at), BODY);
      at += 8;
      left -= 8;
    }
    hash = fold(hash ^ tail(bytes, at, left), TAIL ^ length);
    return (int) (fold(hash ^ seed, FINISH) >>> (Long.SIZE - BITS));
  }

  /** The last 0 to 8 bytes as one number; words of four overlap in the middle. */
  private static long tail(byte[] bytes, int at, int left) {
    if (left >= 4) {
      long low = (int) INTS.get(bytes, at) & 0xFFFF_FFFFL;
      long high = (int) INTS.get(bytes, at + left - 4) & 0xFFFF_FFFFL;
      return (high << 32) | low;
    }
    if (left == 0) {
      return 0;
    }
    return ((bytes[at] & 0xFFL) << 16)
        | ((bytes[at + left / 2] & 0xFFL) << 8)
        | (bytes[at + left - 1] & 0xFFL);
  }

  private static long fold(long a, long b) {
    return Math.unsignedMultiplyHigh(a, b) ^ (a * b);
  }
}
