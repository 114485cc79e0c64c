package dev.kibi.node.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One element of a {@link NodeTable}: its key, and the hash that places it. */
abstract class Node {

  final byte[] key;
  final int hash;
  @Nullable Node next;

  Node(byte[] key, int hash) {
    this.key = key;
    this.hash = hash;
  }

  final boolean hasKey(byte[] bytes, int offset, int length) {
    return key.length == length && Arrays.equals(key, 0, length, bytes, offset, offset + length);
  }
}
