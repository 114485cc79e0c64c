package dev.kibi.crds.authority;

/** A running watch; nothing is handed over once it is closed, but for a call already under way. */
public interface TopologyWatch extends AutoCloseable {

  @Override
  void close();
}
