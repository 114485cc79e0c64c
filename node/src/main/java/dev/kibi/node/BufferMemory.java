package dev.kibi.node;

/**
 * How much memory outside the heap the sockets' buffers may take: a third of what the heap leaves
 * of the container's limit. The rest is for classes, code, threads and the collector. Netty's own
 * limit is as much again as the heap, which no container has.
 */
final class BufferMemory {
  /** Netty's property; read once, when its first class is loaded. */
  static final String PROPERTY = "io.netty.maxDirectMemory";

  private static final long BYTES_MIN = 16L << 20;
  private static final int PART = 3;

  private BufferMemory() {}

  /**
   * Bytes for buffers in a container of {@code limitBytes}; without a limit (0) the heap counts.
   */
  static long bytes(long limitBytes, long heapBytesMax) {
    long beside = limitBytes <= 0 ? heapBytesMax : limitBytes - heapBytesMax;
    return Math.max(BYTES_MIN, beside / PART);
  }
}
