package dev.kibi.node.rdb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * LZF compression; what is compressed is byte for byte what Redis would write.
 *
 * <p>Source: liblzf 3.6 (lzf_c.c, lzf_d.c) with the settings of Redis, {@code HLOG 16} and {@code
 * VERY_FAST}. The format: a control byte below 32 is followed by that many literal bytes and one
 * more; any other is a back reference, three bits of length (seven: a further byte of it), 13 bits
 * of distance.
 */
final class Lzf {

  private static final int HASH_BITS = 16;
  private static final int MOST_LITERALS = 1 << 5;
  private static final int MOST_DISTANCE = 1 << 13;
  private static final int UNROLLED = 16;
  private static final int LONGEST_MATCH = (1 << 8) + (1 << 3);

  /** No three bytes of input can stand for more bytes of output than this each. */
  static final int MOST_EXPANSION = LONGEST_MATCH;

  private final byte[] in;
  private final byte[] out;
  private final int[] lastSeen = new int[1 << HASH_BITS];
  private int at;
  private int end;
  private int literals;

  private Lzf(byte[] in, int mostBytes) {
    this.in = in;
    this.out = new byte[mostBytes];
  }

  /** The compressed bytes, or null when they would be more than {@code mostBytes}. */
  static byte @Nullable [] compress(byte[] in, int mostBytes) {
    if (in.length == 0 || mostBytes <= 0) {
      return null;
    }
    Lzf lzf = new Lzf(in, mostBytes);
    return lzf.compress() ? Arrays.copyOf(lzf.out, lzf.end) : null;
  }

  private boolean compress() {
    beginRun();
    while (at < in.length - 2) {
      int hash = hash(at);
      int seen = lastSeen[hash];
      lastSeen[hash] = at;
      if (seen > 0 && at - seen - 1 < MOST_DISTANCE && sameThree(seen, at)) {
        if (end - (literals == 0 ? 1 : 0) + 4 >= out.length) {
          return false;
        }
        writeMatch(seen);
      } else if (!writeLiteral()) {
        return false;
      }
    }
    if (end + 3 > out.length) {
      return false;
    }
    while (at < in.length) {
      writeLiteral();
    }
    endRun();
    return true;
  }

  private int hash(int i) {
    int three = ((in[i] & 0xFF) << 16) | ((in[i + 1] & 0xFF) << 8) | (in[i + 2] & 0xFF);
    return ((three >>> (3 * 8 - HASH_BITS)) - three * 5) & ((1 << HASH_BITS) - 1);
  }

  private boolean sameThree(int i, int j) {
    return in[i] == in[j] && in[i + 1] == in[j + 1] && in[i + 2] == in[j + 2];
  }

  private void writeMatch(int seen) {
    int distance = at - seen - 1;
    int length = matchLength(seen);
    int code = length - 2;
    endRun();
    if (code < 7) {
      out[end++] = (byte) ((distance >> 8) + (code << 5));
    } else {
      out[end++] = (byte) ((distance >> 8) + (7 << 5));
      out[end++] = (byte) (code - 7);
    }
    out[end++] = (byte) distance;
    beginRun();
    at += length;
    if (at < in.length - 2) {
      // Only the last two positions of a match are remembered: this is what VERY_FAST means.
      lastSeen[hash(at - 2)] = at - 2;
      lastSeen[hash(at - 1)] = at - 1;
    }
  }

  /**
   * How many bytes match. The limit is two short of what is there, except that liblzf looks at the
   * first sixteen bytes without it when there are more; so one more byte may be taken.
   */
  private int matchLength(int seen) {
    int longest = Math.min(LONGEST_MATCH, in.length - at - 2);
    int length = 2;
    if (longest > UNROLLED) {
      for (int i = 0; i < UNROLLED; i++) {
        length++;
        if (in[seen + length] != in[at + length]) {
          return length;
        }
      }
    }
    do {
      length++;
    } while (length < longest && in[seen + length] == in[at + length]);
    return length;
  }

  private boolean writeLiteral() {
    if (end >= out.length) {
      return false;
    }
    out[end++] = in[at++];
    literals++;
    if (literals == MOST_LITERALS) {
      endRun();
      beginRun();
    }
    return true;
  }

  /** Leaves room for the control byte of a run of literals. */
  private void beginRun() {
    literals = 0;
    end++;
  }

  private void endRun() {
    if (literals == 0) {
      end--;
    } else {
      out[end - literals - 1] = (byte) (literals - 1);
    }
  }

  /** The {@code length} bytes that {@code in[from, to)} stands for. */
  static byte[] decompress(byte[] in, int from, int to, int length) throws RdbFormatException {
    byte[] out = new byte[length];
    int at = from;
    int end = 0;
    while (at < to) {
      int control = in[at++] & 0xFF;
      if (control < MOST_LITERALS) {
        int count = control + 1;
        require(count <= to - at && count <= length - end);
        System.arraycopy(in, at, out, end, count);
        at += count;
        end += count;
        continue;
      }
      int count = control >> 5;
      if (count == 7) {
        require(at < to);
        count += in[at++] & 0xFF;
      }
      require(at < to);
      int source = end - ((control & 0x1F) << 8) - 1 - (in[at++] & 0xFF);
      count += 2;
      require(source >= 0 && count <= length - end);
      for (int i = 0; i < count; i++) {
        out[end++] = out[source++];
      }
    }
    require(end == length);
    return out;
  }

  private static void require(boolean condition) throws RdbFormatException {
    if (!condition) {
      throw new RdbFormatException("LZF: a run beyond the data (expected: runs inside of it)");
    }
  }
}
