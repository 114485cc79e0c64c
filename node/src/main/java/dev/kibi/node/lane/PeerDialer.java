package dev.kibi.node.lane;

import java.util.function.Function;

/** Opens links to other nodes. */
public interface PeerDialer {

  /** Why a link could not be opened. */
  enum Failure {
    /** The machine answered that nobody listens there. */
    REFUSED,
    /** No answer in time, no route, or anything else that proves nothing. */
    UNREACHABLE
  }

  /** Told how a dial ended, on the lane's thread. */
  interface Outcome {
    void failed(Failure failure);
  }

  /**
   * Connects to a node's peer port.
   *
   * @param opened makes the handler of the open link
   */
  void dial(String address, Function<PeerChannel, PeerHandler> opened, Outcome outcome);
}
