package dev.kibi.node.resp;

/**
 * What one request may claim before it is refused.
 *
 * <p>The defaults are those of Redis ({@code PROTO_INLINE_MAX_SIZE}, {@code proto-max-bulk-len},
 * and the limits for clients that have not authenticated yet), except for the number of arguments,
 * which is bounded at a million so that one request cannot fill the heap with offsets.
 */
public record RespLimits(
    int lineBytes, int bulkBytes, int args, int unauthenticatedArgs, int unauthenticatedBulkBytes) {
  private static final int REQUEST_BYTES_MIN = 1 << 20;
  private static final int REQUEST_SHARE_OF_HEAP = 8;

  public static final RespLimits DEFAULT =
      new RespLimits(64 * 1024, 512 * 1024 * 1024, 1024 * 1024, 10, 16 * 1024);

  /**
   * How many bytes of one request may be waiting for the rest of it, in a JVM of {@code heapBytes}:
   * reading, storing and replicating it needs several times as much.
   */
  public static int requestBytes(long heapBytes) {
    long share = heapBytes / REQUEST_SHARE_OF_HEAP;
    return (int) Math.clamp(share, REQUEST_BYTES_MIN, 2L * DEFAULT.bulkBytes() - 1);
  }
}
