package dev.kibi.node.rdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads one value; every length is checked against what is there before memory is taken for it. */
final class RdbReader {

  private static final int LEN_64 = 0x81;
  private static final int LEN_32 = 0x80;

  private final byte[] in;
  private final int end;
  private int at;

  RdbReader(byte[] in, int end) {
    this.in = in;
    this.end = end;
  }

  RdbValue value() throws RdbFormatException {
    int type = u8();
    return switch (type) {
      case RdbWriter.TYPE_STRING -> new RdbValue.Text(string());
      case RdbWriter.TYPE_HASH -> hash(fields(), false);
      case RdbWriter.TYPE_HASH_LISTPACK -> hash(Listpack.elements(string()), true);
      default -> throw new RdbFormatException("type: " + type + " (expected: a string or a hash)");
    };
  }

  private List<byte[]> fields() throws RdbFormatException {
    long count = length();
    List<byte[]> all = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      all.add(string());
      all.add(string());
    }
    return all;
  }

  private static RdbValue hash(List<byte[]> all, boolean packed) throws RdbFormatException {
    if (all.isEmpty() || all.size() % 2 != 0) {
      throw new RdbFormatException("hash: " + all.size() + " names and values (expected: pairs)");
    }
    Set<byte[]> names = new TreeSet<>(Arrays::compare);
    for (int i = 0; i < all.size(); i += 2) {
      if (!names.add(all.get(i))) {
        throw new RdbFormatException("hash: a name twice (expected: once)");
      }
    }
    return new RdbValue.Hash(all, packed);
  }

  private byte[] string() throws RdbFormatException {
    int first = end - at > 0 ? in[at] & 0xFF : 0;
    if (first < RdbWriter.INT8) {
      return bytes(length());
    }
    at++;
    return switch (first) {
      case RdbWriter.INT8 -> text((byte) littleEndian(1));
      case RdbWriter.INT16 -> text((short) littleEndian(2));
      case RdbWriter.INT32 -> text((littleEndian(4) << Integer.SIZE) >> Integer.SIZE);
      case RdbWriter.COMPRESSED -> compressed();
      default ->
          throw new RdbFormatException("string encoding: " + first + " (expected: 192..195)");
    };
  }

  private byte[] compressed() throws RdbFormatException {
    long packed = length();
    long unpacked = length();
    if (packed > end - at
        || unpacked > packed * Lzf.MOST_EXPANSION
        || unpacked > Integer.MAX_VALUE) {
      throw new RdbFormatException(
          "compressed string: " + unpacked + " bytes from " + packed + " of " + (end - at));
    }
    int from = at;
    at += (int) packed;
    return Lzf.decompress(in, from, at, (int) unpacked);
  }

  private long length() throws RdbFormatException {
    int first = u8();
    if (first < 0x40) {
      return first;
    }
    if (first < 0x80) {
      return ((first & 0x3FL) << 8) | u8();
    }
    return switch (first) {
      case LEN_32 -> bigEndian(4);
      case LEN_64 -> notNegative(bigEndian(8));
      default -> throw new RdbFormatException("length byte: " + first + " (expected: at most 129)");
    };
  }

  private static long notNegative(long length) throws RdbFormatException {
    if (length < 0) {
      throw new RdbFormatException("length: " + length + " (expected: at least 0)");
    }
    return length;
  }

  private byte[] bytes(long count) throws RdbFormatException {
    require(count);
    int from = at;
    at += (int) count;
    return Arrays.copyOfRange(in, from, at);
  }

  private int u8() throws RdbFormatException {
    require(1);
    return in[at++] & 0xFF;
  }

  private long bigEndian(int count) throws RdbFormatException {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = (value << 8) | u8();
    }
    return value;
  }

  private long littleEndian(int count) throws RdbFormatException {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (long) u8() << (8 * i);
    }
    return value;
  }

  private void require(long count) throws RdbFormatException {
    if (count < 0 || count > end - at) {
      throw new RdbFormatException("length: " + count + " (expected: at most " + (end - at) + ")");
    }
  }

  private static byte[] text(long value) {
    return Listpack.text(value);
  }
}
