package dev.kibi.node.store;

/** What an entry holds, in one of the encodings of this package. */
sealed interface Value permits StringData, HashData {

  ValueKind kind();

  /** The name OBJECT ENCODING gives, as Redis 7.0 would. */
  String encoding();

  /** Heap bytes of the value with everything it refers to. */
  long heapBytes();

  /** A copy that shares nothing. */
  Value copy();
}
