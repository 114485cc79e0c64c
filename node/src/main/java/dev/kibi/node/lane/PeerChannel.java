package dev.kibi.node.lane;

import dev.kibi.protocol.peer.PeerRole;
import dev.kibi.protocol.wire.Frame;

/** A link to a peer or an operator, as the lane uses it. All calls are on the lane's thread. */
public interface PeerChannel {

  /** Sends a frame, whose content is taken at once; nothing happens once the link is closed. */
  void send(Frame frame);

  /** Whether more should be sent now; when not, {@link PeerHandler#drained} follows. */
  boolean writable();

  /**
   * Whether a {@link Frame.Image} should be sent now: as {@link #writable}, and no more than a
   * share of them is sent before clients have had their turn. When not, {@link PeerHandler#drained}
   * follows.
   */
  boolean takesImages();

  /** Closes the link; {@link PeerHandler#closed} is not called for it. */
  void close();

  /**
   * Whether the other end may speak as this: what its certificate says, and anything where links
   * are in the clear.
   */
  boolean mayBe(PeerRole role);

  /** The other end, for log lines. */
  String remote();
}
