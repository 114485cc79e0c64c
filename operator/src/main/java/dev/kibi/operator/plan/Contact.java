package dev.kibi.operator.plan;

/** How a node's control link is. */
public enum Contact {
  /** Not connected yet, or not for a reason that says anything. */
  NONE,
  /** Connected. */
  OPEN,
  /** It was closed, and one immediate reconnect was refused: nobody listens there. */
  REFUSED,
  /** It was closed or cut, and a reconnect gets no answer. */
  LOST
}
