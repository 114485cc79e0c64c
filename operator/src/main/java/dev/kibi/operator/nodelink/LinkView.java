package dev.kibi.operator.nodelink;

import dev.kibi.protocol.wire.NodeReport;
import org.jspecify.annotations.Nullable;

/**
 * What a control link knows at one moment.
 *
 * @param report what the node said last, or null while it has said nothing
 * @param heardAtNanos when it said so, or when the link was made; {@link System#nanoTime()}
 */
public record LinkView(LinkState state, @Nullable NodeReport report, long heardAtNanos) {

  LinkView with(LinkState other) {
    return new LinkView(other, report, heardAtNanos);
  }
}
