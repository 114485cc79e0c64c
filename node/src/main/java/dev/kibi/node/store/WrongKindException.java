package dev.kibi.node.store;

/**
 * A command met a key that holds a value of another kind; the reply is {@code WRONGTYPE}.
 *
 * <p>It is an answer to a client and not a defect, so it has no stack trace.
 */
public final class WrongKindException extends RuntimeException {

  private static final long serialVersionUID = 1;

  WrongKindException() {
    super("WRONGTYPE Operation against a key holding the wrong kind of value", null, false, false);
  }
}
