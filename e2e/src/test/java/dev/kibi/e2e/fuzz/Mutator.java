package dev.kibi.e2e.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes inputs for a decoder: samples as they are, samples with a few changes, and noise. */
final class Mutator {

  private static final int NOISE_MAX = 200;
  private static final int CHANGES_MAX = 6;
  private static final int RUN_MAX = 40;
  private static final int[] BYTES = {0, 1, 0x0A, 0x0D, 0x3F, 0x40, 0x7F, 0x80, 0x81, 0xC0, 0xFF};
  private static final int[] INTS = {
    0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1023, 1024, 65_536, 4 << 20, (4 << 20) + 1
  };
  private static final long[] LONGS = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32};

  private final Decoder decoder;

  Mutator(Decoder decoder) {
    this.decoder = decoder;
  }

  byte[] next(SplittableRandom random) {
    boolean noise = random.nextInt(16) == 0;
    byte[] bytes = noise ? noise(random, NOISE_MAX) : sample(random);
    int changes = noise ? 0 : random.nextInt(CHANGES_MAX + 1);
    for (int i = 0; i < changes; i++) {
      bytes = change(bytes, random);
    }
    boolean putRight =
        decoder.lengthFirst() && bytes.length >= Integer.BYTES && random.nextInt(4) > 0;
    return putRight ? withLength(bytes) : bytes;
  }

  private byte[] sample(SplittableRandom random) {
    List<byte[]> samples = decoder.samples();
    return samples.get(random.nextInt(samples.size())).clone();
  }

  private byte[] change(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt(bytes.length + 1);
    return switch (random.nextInt(9)) {
      case 0 -> written(bytes, at, new byte[] {(byte) random.nextInt()});
      case 1 -> written(bytes, at, new byte[] {(byte) BYTES[random.nextInt(BYTES.length)]});
      case 2 -> written(bytes, at, ofInt(INTS[random.nextInt(INTS.length)]));
      case 3 -> written(bytes, at, ofLong(LONGS[random.nextInt(LONGS.length)]));
      case 4 -> bitTurned(bytes, random);
      case 5 -> joined(bytes, at, bytes, Math.min(bytes.length, at + random.nextInt(RUN_MAX)));
      case 6 -> joined(bytes, at, bytes, Math.max(0, at - random.nextInt(RUN_MAX)));
      case 7 -> joined(joined(bytes, at, noise(random, RUN_MAX), 0), bytes, at);
      default -> {
        byte[] other = sample(random);
        yield joined(bytes, at, other, random.nextInt(other.length + 1));
      }
    };
  }

  private static byte[] bitTurned(byte[] bytes, SplittableRandom random) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    return bytes;
  }

  private static byte[] noise(SplittableRandom random, int lengthMax) {
    byte[] bytes = new byte[random.nextInt(lengthMax + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** As much of the new bytes as fits is written over the old ones. */
  private static byte[] written(byte[] bytes, int at, byte[] over) {
    System.arraycopy(over, 0, bytes, at, Math.min(over.length, bytes.length - at));
    return bytes;
  }

  /** The head of one, up to {@code end}, and the tail of another, from {@code from} on. */
  private static byte[] joined(byte[] head, int end, byte[] tail, int from) {
    byte[] joined = Arrays.copyOf(head, end + tail.length - from);
    System.arraycopy(tail, from, joined, end, tail.length - from);
    return joined;
  }

  private static byte[] joined(byte[] head, byte[] tail, int from) {
    return joined(head, head.length, tail, from);
  }

  private static byte[] withLength(byte[] bytes) {
    ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES);
    return bytes;
  }

  private static byte[] ofInt(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private static byte[] ofLong(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }
}
