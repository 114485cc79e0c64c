package dev.kibi.node.store;

/** Is shown one key; the view is valid only during the call. */
@FunctionalInterface
public interface KeyVisitor {
  void key(ByteView name, ValueKind kind);
}
