package dev.kibi.node.rdb;

import java.util.List;

/** A value as RDB knows it. */
public sealed interface RdbValue {

  /** A string. */
  @SuppressWarnings("ArrayRecordComponent") // carries bytes, is never compared
  record Text(byte[] bytes) implements RdbValue {}

  /**
   * A hash: names and values by turns. {@code packed} says that it is, or was, written as one
   * listpack.
   */
  record Hash(List<byte[]> namesAndValues, boolean packed) implements RdbValue {}
}
