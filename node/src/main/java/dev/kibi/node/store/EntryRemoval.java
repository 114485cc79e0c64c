package dev.kibi.node.store;

/** Deletes an entry with all that belongs to it, the effect above all. */
@FunctionalInterface
interface EntryRemoval {
  void remove(int slot, Entry entry);
}
