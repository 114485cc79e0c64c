package dev.kibi.node.store;

/** Takes complete records of effects, one at a time; the bytes are valid only during the call. */
@FunctionalInterface
public interface EffectSink {
  void accept(int slot, byte[] buffer, int offset, int length);
}
