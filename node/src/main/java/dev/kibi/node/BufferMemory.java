package dev.kibi.node;

/**
 * How much memory outside the heap the sockets' buffers may take: half of what heap, classes, code,
 * threads and collector leave of the container's limit. Netty's own limit is as much again as the
 * heap, which no container has.
 */
final class BufferMemory {
  /** Netty's property; read once, when its first class is loaded. */
  static final String PROPERTY = "io.netty.maxDirectMemory";

  private static final long BYTES_MIN = 16L << 20;

  /** What a node under load was measured to take beside its heap. */
  private static final long JVM_BYTES = 125L << 20;

  private static final int PART = 2;

  private BufferMemory() {}

  /**
   * Bytes for buffers in a container of {@code limitBytes}; without a limit (0) the heap counts.
   */
  static long bytes(long limitBytes, long heapBytesMax) {
    long beside = limitBytes <= 0 ? heapBytesMax : limitBytes - heapBytesMax;
    return Math.max(BYTES_MIN, (beside - JVM_BYTES) / PART);
  }
}
