package dev.kibi.node;

/**
 * How the heap of a node is divided: into the log it keeps of its writes, the data, and what the
 * collector and the requests under way need. A node that promised more would spend its time
 * collecting and then end itself out of memory, and its replicas, which hold the same, with it.
 *
 * @param heapBytes the whole heap
 * @param oldBytes what the collector has for objects that stay; the serial one two thirds of the
 *     heap, G1 the whole
 */
public record HeapBudget(long heapBytes, long oldBytes) {
  private static final long LOG_BYTES_MAX = 32L << 20;
  private static final int LOG_PART = 16;
  private static final int STAYING_PERCENT_MAX = 80;
  private static final int DATA_PERCENT = 95;

  /** Bytes of the log where nobody says otherwise: 32 MiB, but a sixteenth of a small heap. */
  long logBytes() {
    return Math.min(LOG_BYTES_MAX, heapBytes / LOG_PART);
  }

  /** The most data there is room for beside a log of so many bytes. */
  long dataBytesMax(long logBytes) {
    long staying = Math.min(oldBytes, heapBytes / 100 * STAYING_PERCENT_MAX);
    return Math.max(1, (staying - logBytes) / 100 * DATA_PERCENT);
  }
}
