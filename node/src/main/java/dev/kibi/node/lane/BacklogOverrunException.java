package dev.kibi.node.lane;

/** A follower is further behind than the log reaches back; it has to copy the shard again. */
final class BacklogOverrunException extends Exception {

  private static final long serialVersionUID = 1L;

  BacklogOverrunException(String message) {
    super(message);
  }
}
