package dev.kibi.node.store;

import dev.kibi.protocol.slot.Slot;
import dev.kibi.protocol.slot.SlotSet;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The data of one lane: a table for each of the 1024 slots, with its memory accounted for. One
 * thread uses it.
 *
 * <p>What changes data here is what an effect can say, no more: a master's {@link Keyspace} and a
 * follower's {@link EffectApplier} call the same methods, so both stores become the same. None of
 * them looks at the time: a key past its expiry is there until an effect deletes it.
 */
public final class SlotStore {

  private final SlotTable[] slots = new SlotTable[Slot.COUNT];
  private final long seed;
  private BitSet visible = new BitSet(Slot.COUNT);
  private long heapBytes;
  private long keys;
  private long expiring;

  /** An empty store in which every slot is visible; the seed decides the order of keys. */
  public SlotStore(long seed) {
    this.seed = seed;
    Arrays.setAll(slots, slot -> new SlotTable());
    visible.set(0, Slot.COUNT);
  }

  /**
   * Lets SCAN, KEYS, DBSIZE, RANDOMKEY, active expiry and eviction see only these slots: the ones
   * owned.
   */
  public void show(SlotSet owned) {
    visible = owned.toBitSet();
  }

  /** Whether a slot is one of those {@link #show}n. */
  public boolean isVisible(int slot) {
    return visible.get(slot);
  }

  /** How many keys a slot holds, expired ones that were not deleted yet among them. */
  public int keys(int slot) {
    return slots[slot].entries.size();
  }

  /** How many keys of a slot have an expiry. */
  public int keysWithExpiry(int slot) {
    return slots[slot].expiring;
  }

  /** How many keys of all slots have an expiry. */
  public long keysWithExpiry() {
    return expiring;
  }

  /** How many keys all slots hold. */
  public long keys() {
    return keys;
  }

  /** How many keys the visible slots hold. */
  public long visibleKeys() {
    long sum = 0;
    for (int slot = visible.nextSetBit(0); slot >= 0; slot = visible.nextSetBit(slot + 1)) {
      sum += keys(slot);
    }
    return sum;
  }

  /** How many keys of the visible slots have an expiry. */
  public long visibleKeysWithExpiry() {
    long sum = 0;
    for (int slot = visible.nextSetBit(0); slot >= 0; slot = visible.nextSetBit(slot + 1)) {
      sum += keysWithExpiry(slot);
    }
    return sum;
  }

  /** Bytes of heap a slot takes: an estimate by object sizes. */
  public long usedBytes(int slot) {
    return slots[slot].heapBytes();
  }

  /** Bytes of heap all slots take. */
  public long usedBytes() {
    return heapBytes;
  }

  /** Deletes all keys of a slot. */
  public void clear(int slot) {
    SlotTable table = slots[slot];
    heapBytes -= table.heapBytes();
    keys -= table.entries.size();
    expiring -= table.expiring;
    table.clear();
  }

  /** Deletes all keys. */
  public void clear() {
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      clear(slot);
    }
  }

  /** Begins a walk that copies a slot out while it goes on changing. */
  public SlotDump dump(int slot) {
    return new SlotDump(this, slot);
  }

  SlotTable table(int slot) {
    return slots[slot];
  }

  int hash(byte[] bytes, int offset, int length) {
    return SeededHash.of(bytes, offset, length, seed);
  }

  @Nullable Entry find(Key key) {
    return slots[key.slot].entries.find(key.buffer, key.offset, key.length, key.hash);
  }

  /** Sets a string with its expiry, whatever the key held before. */
  Entry putString(Key key, byte[] bytes, int offset, int length, StringForm form, long expireAtMs) {
    Entry entry = find(key);
    if (entry == null) {
      entry = add(key, StringData.of(bytes, offset, length, form));
    } else if (entry.value instanceof StringData string) {
      long before = entry.heapBytes();
      string.set(bytes, offset, length, form);
      resized(key.slot, entry, before);
    } else {
      replace(key.slot, entry, StringData.of(bytes, offset, length, form));
    }
    expireAt(key.slot, entry, expireAtMs);
    return entry;
  }

  /** Writes into a string at a position; a key that holds no string begins with an empty one. */
  Entry splice(Key key, int position, byte[] bytes, int offset, int length) {
    Entry entry = find(key);
    if (entry == null) {
      entry = add(key, StringData.empty());
    } else if (!(entry.value instanceof StringData)) {
      replace(key.slot, entry, StringData.empty());
    }
    long before = entry.heapBytes();
    ((StringData) entry.value).splice(position, bytes, offset, length);
    resized(key.slot, entry, before);
    return entry;
  }

  /**
   * Sets a field and tells whether it is new; a key that holds no hash begins with an empty one.
   */
  boolean putField(
      Key key,
      byte[] name,
      int nameAt,
      int nameLength,
      byte[] value,
      int valueAt,
      int valueLength) {
    Entry entry = find(key);
    if (entry == null) {
      entry = add(key, new PackedHash());
    } else if (!(entry.value instanceof HashData)) {
      replace(key.slot, entry, new PackedHash());
    }
    long before = entry.heapBytes();
    if (entry.value instanceof PackedHash packed
        && !packed.hasRoomFor(name, nameAt, nameLength, valueLength)) {
      entry.value = TableHash.of(packed, seed);
    }
    boolean isNew =
        ((HashData) entry.value).put(name, nameAt, nameLength, value, valueAt, valueLength);
    resized(key.slot, entry, before);
    return isNew;
  }

  /** Removes a field and tells whether it was there; a hash without fields is deleted. */
  boolean removeField(Key key, byte[] name, int nameAt, int nameLength) {
    Entry entry = find(key);
    if (entry == null || !(entry.value instanceof HashData hash)) {
      return false;
    }
    long before = entry.heapBytes();
    boolean removed = hash.remove(name, nameAt, nameLength);
    resized(key.slot, entry, before);
    if (hash.size() == 0) {
      delete(key.slot, entry);
    }
    return removed;
  }

  /** Sets or takes away the expiry of a key, if it is there. */
  void expireAt(Key key, long atMs) {
    Entry entry = find(key);
    if (entry != null) {
      expireAt(key.slot, entry, atMs);
    }
  }

  void expireAt(int slot, Entry entry, long atMs) {
    SlotTable table = slots[slot];
    expiring -= table.expiring;
    table.expireAt(entry, atMs);
    expiring += table.expiring;
  }

  /** Deletes a key and tells whether it was there. */
  boolean delete(Key key) {
    Entry entry = find(key);
    if (entry == null) {
      return false;
    }
    delete(key.slot, entry);
    return true;
  }

  void delete(int slot, Entry entry) {
    SlotTable table = slots[slot];
    long before = table.heapBytes();
    expiring -= entry.expires() ? 1 : 0;
    table.remove(entry);
    keys--;
    heapBytes += table.heapBytes() - before;
  }

  /** Adds a key that is not there. */
  Entry add(Key key, Value value) {
    SlotTable table = slots[key.slot];
    long before = table.heapBytes();
    byte[] itsKey = Arrays.copyOfRange(key.buffer, key.offset, key.offset + key.length);
    Entry entry = new Entry(itsKey, key.hash, value);
    table.add(entry);
    keys++;
    heapBytes += table.heapBytes() - before;
    return entry;
  }

  private void replace(int slot, Entry entry, Value value) {
    long before = entry.heapBytes();
    entry.value = value;
    resized(slot, entry, before);
  }

  private void resized(int slot, Entry entry, long before) {
    slots[slot].resized(entry, before);
    heapBytes += entry.heapBytes() - before;
  }
}
