package dev.kibi.node.command;

import dev.kibi.node.resp.Args;
import java.util.Set;

/**
 * Finds the keys of a command whose key specifications do not tell them all, or not what is done to
 * them.
 */
@FunctionalInterface
public interface KeyFinder {
  void find(Args args, Sink sink);

  /** Takes the keys found. */
  @FunctionalInterface
  interface Sink {
    void key(int argument, Set<KeyFlag> flags);
  }
}
