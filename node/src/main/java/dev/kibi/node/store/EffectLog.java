package dev.kibi.node.store;

/** Where a master's changes go to be replicated. Positions are byte offsets. */
public interface EffectLog {

  /**
   * Appends one complete record of effects on a slot; the bytes are to be copied or written before
   * this returns.
   */
  void append(int slot, byte[] buffer, int offset, int length);

  /** The position after the last record. */
  long end();
}
