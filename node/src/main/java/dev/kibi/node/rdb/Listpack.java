package dev.kibi.node.rdb;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listpack: elements in one run of bytes, integers in binary, each followed by its length so that
 * it can be walked backwards.
 *
 * <p>Source: listpack.c of Redis 7.0. {@code u32 total bytes | u16 elements | (encoding data
 * backlen)… | 0xFF}, little endian.
 */
final class Listpack {

  private static final int HEADER = 6;
  private static final int END = 0xFF;
  private static final int COUNT_UNKNOWN = 0xFFFF;

  private static final int INT16 = 0xF1;
  private static final int INT24 = 0xF2;
  private static final int INT32 = 0xF3;
  private static final int INT64 = 0xF4;
  private static final int STRING32 = 0xF0;

  private Listpack() {}

  /** The integer that the text is the one spelling of, or null. */
  static @Nullable Long integer(byte[] text) {
    if (text.length == 0 || text.length > 20) {
      return null;
    }
    try {
      long value = Long.parseLong(new String(text, US_ASCII));
      return Arrays.equals(text(value), text) ? value : null;
    } catch (NumberFormatException e) {
      return null; // It is text, which is the usual case and no error.
    }
  }

  static byte[] text(long value) {
    return Long.toString(value).getBytes(US_ASCII);
  }

  static byte[] of(List<byte[]> elements) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, 0, 4);
    write(out, Math.min(elements.size(), COUNT_UNKNOWN), 2);
    for (byte[] element : elements) {
      int before = out.size();
      writeElement(out, element);
      writeBackLength(out, out.size() - before);
    }
    out.write(END);
    byte[] bytes = out.toByteArray();
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) (bytes.length >>> (8 * i));
    }
    return bytes;
  }

  private static void writeElement(ByteArrayOutputStream out, byte[] element) {
    Long integer = integer(element);
    if (integer != null) {
      writeInteger(out, integer);
      return;
    }
    if (element.length < 64) {
      out.write(0x80 | element.length);
    } else if (element.length < 4096) {
      out.write(0xE0 | (element.length >>> 8));
      out.write(element.length);
    } else {
      out.write(STRING32);
      write(out, element.length, 4);
    }
    out.writeBytes(element);
  }

  private static void writeInteger(ByteArrayOutputStream out, long value) {
    if (value >= 0 && value < 128) {
      out.write((int) value);
    } else if (value >= -4096 && value < 4096) {
      out.write(0xC0 | (((int) value >>> 8) & 0x1F));
      out.write((int) value);
    } else if (value == (short) value) {
      out.write(INT16);
      write(out, value, 2);
    } else if (value >= -(1 << 23) && value < 1 << 23) {
      out.write(INT24);
      write(out, value, 3);
    } else if (value == (int) value) {
      out.write(INT32);
      write(out, value, 4);
    } else {
      out.write(INT64);
      write(out, value, 8);
    }
  }

  /** Big endian groups of seven bits; all but the first have the top bit set. */
  private static void writeBackLength(ByteArrayOutputStream out, int length) {
    for (int group = backLengthBytes(length) - 1; group >= 0; group--) {
      int bits = (length >>> (7 * group)) & 0x7F;
      out.write(group == backLengthBytes(length) - 1 ? bits : bits | 0x80);
    }
  }

  private static int backLengthBytes(int length) {
    // The limits are those of lpEncodeBacklen, one off below powers of two.
    if (length <= 127) {
      return 1;
    }
    if (length < 16383) {
      return 2;
    }
    if (length < 2097151) {
      return 3;
    }
    return length < 268435455 ? 4 : 5;
  }

  private static void write(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)));
    }
  }

  static List<byte[]> elements(byte[] in) throws RdbFormatException {
    if (in.length < HEADER + 1 || read(in, 0, 4) != in.length) {
      throw new RdbFormatException(
          "listpack: " + in.length + " bytes (expected: as many as its header says)");
    }
    List<byte[]> all = new ArrayList<>();
    int at = HEADER;
    while ((in[at] & 0xFF) != END) {
      int headLength = headLength(in[at] & 0xFF);
      require(in, at, headLength);
      int dataLength = dataLength(in, at);
      require(in, at, (long) headLength + dataLength);
      all.add(element(in, at, headLength, dataLength));
      int length = headLength + dataLength;
      int backLength = backLengthBytes(length);
      require(in, at, (long) length + backLength);
      at += length + backLength;
    }
    long declared = read(in, 4, 2);
    if (at != in.length - 1 || (declared != COUNT_UNKNOWN && declared != all.size())) {
      throw new RdbFormatException(
          "listpack: " + all.size() + " elements (expected: " + declared + ")");
    }
    return all;
  }

  /** Bytes of the encoding, with a length that follows it. */
  private static int headLength(int first) {
    if (first < 0xE0) {
      return first >= 0xC0 ? 2 : 1;
    }
    return first < 0xF0 ? 2 : first == STRING32 ? 5 : 1;
  }

  private static int dataLength(byte[] in, int at) throws RdbFormatException {
    int first = in[at] & 0xFF;
    if (first < 0x80 || (first >= 0xC0 && first < 0xE0)) {
      return 0;
    }
    if (first < 0xC0) {
      return first & 0x3F;
    }
    if (first < 0xF0) {
      return ((first & 0x0F) << 8) | (in[at + 1] & 0xFF);
    }
    long length =
        switch (first) {
          case STRING32 -> read(in, at + 1, 4);
          case INT16 -> 2;
          case INT24 -> 3;
          case INT32 -> 4;
          case INT64 -> 8;
          default -> -1;
        };
    if (length < 0 || length > in.length) {
      throw new RdbFormatException(
          "listpack: an element of encoding " + first + " and length " + length);
    }
    return (int) length;
  }

  private static byte[] element(byte[] in, int at, int headLength, int dataLength) {
    int first = in[at] & 0xFF;
    if (first < 0x80) {
      return text(first);
    }
    if (first >= 0xC0 && first < 0xE0) {
      int thirteen = ((first & 0x1F) << 8) | (in[at + 1] & 0xFF);
      return text((thirteen << 19) >> 19);
    }
    if (first >= INT16) {
      int unused = Long.SIZE - 8 * dataLength;
      return text((read(in, at + 1, dataLength) << unused) >> unused);
    }
    return Arrays.copyOfRange(in, at + headLength, at + headLength + dataLength);
  }

  private static long read(byte[] in, int at, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (in[at + i] & 0xFFL) << (8 * i);
    }
    return value;
  }

  /** There must be so many bytes before the end mark. */
  private static void require(byte[] in, int at, long count) throws RdbFormatException {
    if (count > in.length - 1 - at) {
      throw new RdbFormatException(
          "listpack: an element of "
              + count
              + " bytes (expected: at most "
              + (in.length - 1 - at)
              + ")");
    }
  }
}
