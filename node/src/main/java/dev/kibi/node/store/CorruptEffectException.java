package dev.kibi.node.store;

/**
 * Bytes that should be effects are not: the copy they came from, or the link, is not to be trusted
 * any more.
 */
public final class CorruptEffectException extends RuntimeException {

  private static final long serialVersionUID = 1;

  CorruptEffectException(String what) {
    super(what);
  }
}
