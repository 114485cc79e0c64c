package dev.kibi.node.store;

/** The entries of one slot, with the figures that are kept about them. */
final class SlotTable {

  final NodeTable<Entry> entries = new NodeTable<>();

  /** How many entries have an expiry. */
  int expiring;

  private long entryBytes;

  void add(Entry entry) {
    entries.add(entry);
    entryBytes += entry.heapBytes();
    if (entry.expires()) {
      expiring++;
    }
  }

  void remove(Entry entry) {
    entries.remove(entry);
    entryBytes -= entry.heapBytes();
    if (entry.expires()) {
      expiring--;
    }
  }

  /** Takes note that an entry, which had {@code bytesBefore}, has changed in size. */
  void resized(Entry entry, long bytesBefore) {
    entryBytes += entry.heapBytes() - bytesBefore;
  }

  void expireAt(Entry entry, long atMs) {
    expiring += (atMs == Entry.NO_EXPIRY ? 0 : 1) - (entry.expires() ? 1 : 0);
    entry.expireAtMs = atMs;
  }

  void clear() {
    entries.clear();
    expiring = 0;
    entryBytes = 0;
  }

  long heapBytes() {
    return entries.heapBytes() + entryBytes;
  }
}
