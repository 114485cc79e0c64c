package dev.kibi.operator.nodelink;

/** How a control link is. */
public enum LinkState {
  /** Not connected yet. */
  CONNECTING,
  /** Connected to the node of the right pod. */
  OPEN,
  /** Nobody listens: the last try was refused. */
  REFUSED,
  /** No answer, or an answer from somebody else. */
  LOST
}
