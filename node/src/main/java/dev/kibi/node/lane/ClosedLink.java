package dev.kibi.node.lane;

import dev.kibi.protocol.wire.Frame;

/**
 * The handler of a link that was closed as soon as it was open: it was opened to see whether it can
 * be, or too late.
 */
enum ClosedLink implements PeerHandler {
  LINK;

  static PeerHandler of(PeerChannel channel) {
    channel.close();
    return LINK;
  }

  @Override
  public void frame(Frame frame) {
    // Sent before the other end saw the close.
  }

  @Override
  public void closed() {
    // We closed it.
  }
}
