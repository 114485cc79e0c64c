package dev.kibi.node.rdb;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes values in the encodings Redis 7.0 chooses for them. */
final class RdbWriter {

  static final int TYPE_STRING = 0;
  static final int TYPE_HASH = 4;
  static final int TYPE_HASH_LISTPACK = 16;

  /** Length bytes whose two top bits are set: a string in a special encoding. */
  static final int INT8 = 0xC0;

  static final int INT16 = 0xC1;
  static final int INT32 = 0xC2;
  static final int COMPRESSED = 0xC3;

  private static final int LONGEST_INTEGER = 11;
  private static final int SHORTEST_COMPRESSED = 21;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void value(RdbValue value) {
    switch (value) {
      case RdbValue.Text text -> {
        out.write(TYPE_STRING);
        string(text.bytes());
      }
      case RdbValue.Hash hash -> hash(hash);
    }
  }

  private void hash(RdbValue.Hash hash) {
    List<byte[]> all = hash.namesAndValues();
    if (hash.packed()) {
      out.write(TYPE_HASH_LISTPACK);
      string(Listpack.of(all));
    } else {
      out.write(TYPE_HASH);
      length(all.size() / 2);
      all.forEach(this::string);
    }
  }

  private void string(byte[] bytes) {
    Long integer = bytes.length <= LONGEST_INTEGER ? Listpack.integer(bytes) : null;
    if (integer != null && integer == integer.intValue()) {
      integer(integer.intValue());
      return;
    }
    byte @Nullable [] compressed =
        bytes.length < SHORTEST_COMPRESSED ? null : Lzf.compress(bytes, bytes.length - 4);
    if (compressed != null) {
      out.write(COMPRESSED);
      length(compressed.length);
      length(bytes.length);
      out.writeBytes(compressed);
    } else {
      length(bytes.length);
      out.writeBytes(bytes);
    }
  }

  private void integer(int value) {
    if (value == (byte) value) {
      out.write(INT8);
      littleEndian(value, 1);
    } else if (value == (short) value) {
      out.write(INT16);
      littleEndian(value, 2);
    } else {
      out.write(INT32);
      littleEndian(value, 4);
    }
  }

  private void length(int length) {
    if (length < 1 << 6) {
      out.write(length);
    } else if (length < 1 << 14) {
      out.write(0x40 | (length >>> 8));
      out.write(length);
    } else {
      out.write(0x80);
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.write(length >>> shift);
      }
    }
  }

  void littleEndian(long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)));
    }
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
