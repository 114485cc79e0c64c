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

  public static final RespLimits DEFAULT =
      new RespLimits(64 * 1024, 512 * 1024 * 1024, 1024 * 1024, 10, 16 * 1024);
}
