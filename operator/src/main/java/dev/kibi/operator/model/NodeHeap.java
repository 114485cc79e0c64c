package dev.kibi.operator.model;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Optional;

/**
 * The heap of a node: what its container's limit leaves beside classes, code, compiler, threads and
 * buffers. Those take as much in a small container as in a large one, so no share of the limit is
 * right for both: a small one would be killed for its memory while its heap has room.
 */
final class NodeHeap {
  private static final long MIB = 1 << 20;

  /**
   * Measured under load in a container of 320Mi: 125 MiB, and with links that are encrypted more.
   */
  private static final long BESIDE_BYTES = 160 * MIB;

  private static final int BESIDE_PERCENT = 35;
  private static final int PERCENT_MIN = 40;

  private NodeHeap() {}

  /** The JVM's option, or nothing where no limit is set. */
  static Optional<String> option(ResourceRequirements resources) {
    return Optional.ofNullable(resources.getLimits())
        .map(limits -> limits.get("memory"))
        .map(limit -> "-Xmx" + bytes(Quantity.getAmountInBytes(limit).longValue()) / MIB + "m");
  }

  static long bytes(long limit) {
    long beside = Math.max(BESIDE_BYTES, limit / 100 * BESIDE_PERCENT);
    return Math.max(limit - beside, limit / 100 * PERCENT_MIN);
  }
}
