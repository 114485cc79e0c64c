package dev.kibi.e2e.sim;

import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One invariant of protocol.md section 5, as far as it can be seen from outside the nodes. It is
 * told of everything that happens and throws a {@link Violation} with its name.
 */
interface Law {

  /** A version was stored. */
  default void stored(@Nullable Topology before, Topology next) {}

  /** A node has done something; what it was like before is still in its {@link Witness}. */
  default void stepped(NodeLife node) {}

  /** A node sends a frame. */
  default void sent(NodeLife node, Frame frame) {}

  /** A command ran, under a lease that was looked at {@code checkedAt}. */
  default void executed(NodeLife node, Op op, long checkedAt) {}

  /** A reply that tells of the log up to {@code lsn} has left the node. */
  default void answered(NodeLife node, Op op, long lsn) {}

  /** A node was killed; what it did as from a later time, after a stop, has never been. */
  default void died(NodeLife node, long at) {}

  default String name() {
    return getClass().getSimpleName();
  }

  default void require(boolean holds, Supplier<String> message) {
    if (!holds) {
      throw new Violation(name(), message.get());
    }
  }
}
