package dev.kibi.node.lane;

import dev.kibi.protocol.wire.Frame;

/** What a link tells its user, on the lane's thread. */
public interface PeerHandler {

  /** A frame came; its bytes are valid during this call only. */
  void frame(Frame frame);

  /** The link can take more again. */
  default void drained() {}

  /** The other end closed the link, it broke, or what came was no frame. */
  void closed();
}
