package dev.kibi.node.lane;

import dev.kibi.protocol.wire.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A link that is open before it is known who uses it; from then on all that comes is for its user.
 */
abstract class UnclaimedLink implements PeerHandler {
  private @Nullable PeerHandler user;

  /** From now on it is somebody's. */
  final void claimedBy(PeerHandler claimant) {
    user = claimant;
  }

  /** A frame came while it is nobody's. */
  abstract void unclaimed(Frame frame);

  @Override
  public final void frame(Frame frame) {
    if (user != null) {
      user.frame(frame);
    } else {
      unclaimed(frame);
    }
  }

  @Override
  public final void drained() {
    if (user != null) {
      user.drained();
    }
  }

  @Override
  public void closed() {
    if (user != null) {
      user.closed();
    }
  }
}
