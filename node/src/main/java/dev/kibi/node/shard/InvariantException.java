package dev.kibi.node.shard;

/** What must never be has been seen: an invariant of protocol.md section 5 does not hold. */
public final class InvariantException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  public InvariantException(int number, String sentence) {
    super("invariant " + number + ": " + sentence);
  }
}
