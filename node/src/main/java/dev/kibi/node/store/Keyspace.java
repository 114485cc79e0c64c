package dev.kibi.node.store;

import dev.kibi.protocol.slot.Slot;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A lane's keys as commands see them: the only door to the store. Every change is made in the store
 * and recorded as an effect in one call, so nothing can be changed without being replicated.
 *
 * <p>A command runs between {@link #begin} and {@link #commit}: its changes to a slot become one
 * record of the log, and time stands still in between. Expired keys are never seen; a master also
 * deletes the ones it meets, a replica leaves that to its master. Reads of a key that holds another
 * kind of value throw {@link WrongKindException}.
 */
public final class Keyspace {

  /** {@link #expireAt(Key)} of a key that does not exist. */
  public static final long NO_KEY = -2;

  /** The expiry of a key that has none. */
  public static final long NO_EXPIRY = Entry.NO_EXPIRY;

  private final SlotStore store;
  private final EffectLog log;
  private final RandomGenerator random;
  private final EffectWriter effects;
  private final Evictor evictor;
  private final ExpiryCycle expiryCycle;
  private final KeyWalk walk;
  private final KeyspaceStats stats = new KeyspaceStats();
  private final long[] lastLsn = new long[Slot.COUNT];

  private final EntryRemoval removal = this::remove;
  private final EntryRemoval eviction = this::evict;
  private final Key key = new Key();
  private final Key otherKey = new Key();
  private final Key doomed = new Key();

  private boolean master = true;
  private boolean touching = true;
  private long nowMs;

  /** A keyspace over a store, logging to {@code log}; {@code random} serves sampling only. */
  public Keyspace(SlotStore store, EffectLog log, RandomGenerator random) {
    this.store = store;
    this.log = log;
    this.random = random;
    this.effects =
        new EffectWriter((slot, buffer, offset, length) -> {
          log.append(slot, buffer, offset, length);
          lastLsn[slot] = log.end();
        });
    this.evictor = new Evictor(store, random);
    this.expiryCycle = new ExpiryCycle(store);
    this.walk = new KeyWalk(store, random);
  }

  // ---- the frame of a command

  /** Begins a command at a time in milliseconds since the epoch. */
  public void begin(long timeMs) {
    if (effects.size() != 0) {
      throw new IllegalStateException(
          "effects not committed: " + effects.size() + " bytes (expected: 0)");
    }
    nowMs = timeMs;
  }

  /**
   * Ends a command: what it changed goes to the log. To be called whether or not it failed, as
   * changes are not undone.
   */
  public void commit() {
    effects.flush();
  }

  /** The time of the command. */
  public long nowMs() {
    return nowMs;
  }

  /** Whether expired keys are deleted here, or only hidden until the master says so. */
  public void master(boolean isMaster) {
    master = isMaster;
  }

  /** Whether reads count as use of a key (CLIENT NO-TOUCH). */
  public void touching(boolean reads) {
    touching = reads;
  }

  /** The log position after the last change of a slot, 0 before any. */
  public long lastLsn(int slot) {
    return lastLsn[slot];
  }

  /**
   * Takes every slot for changed up to the end of the log. A new master has received what may not
   * be committed yet, in slots that it has never written itself.
   */
  public void presumeChanged() {
    Arrays.fill(lastLsn, log.end());
  }

  /** The log position after the last change of any slot. */
  public long logEnd() {
    return log.end();
  }

  /** Points the first key at an argument; it is good until the next call. */
  public Key key(byte[] buffer, int offset, int length) {
    return point(key, buffer, offset, length);
  }

  /** Points the second key at an argument, for commands on two at once. */
  public Key otherKey(byte[] buffer, int offset, int length) {
    return point(otherKey, buffer, offset, length);
  }

  private Key point(Key target, byte[] buffer, int offset, int length) {
    int slot = Slot.ofKey(buffer, offset, length);
    return target.show(buffer, offset, length, slot, store.hash(buffer, offset, length));
  }

  // ---- reading

  /** The kind of value a key holds, or null when it does not exist. */
  public @Nullable ValueKind kind(Key key) {
    Entry entry = counted(live(key));
    return entry == null ? null : entry.value.kind();
  }

  /** Whether a key exists; no use of it. */
  public boolean exists(Key key) {
    return counted(live(key)) != null;
  }

  /** Whether a key exists, asked by a command that is about to write. */
  public boolean has(Key key) {
    return live(key) != null;
  }

  /** Uses a key and tells whether it exists. */
  public boolean touch(Key key) {
    return read(key) != null;
  }

  /** The string a key holds, or null when it does not exist. */
  public @Nullable ByteView string(Key key) {
    Entry entry = read(key);
    if (entry == null) {
      return null;
    }
    if (entry.value instanceof StringData string) {
      return string;
    }
    throw new WrongKindException();
  }

  /** The string a key holds, or null when it does not exist or holds another kind. */
  public @Nullable ByteView stringIfAny(Key key) {
    Entry entry = read(key);
    return entry != null && entry.value instanceof StringData string ? string : null;
  }

  /** The hash a key holds, or null when it does not exist. */
  public @Nullable HashValue hash(Key key) {
    Entry entry = read(key);
    if (entry == null) {
      return null;
    }
    if (entry.value instanceof HashData hash) {
      return hash;
    }
    throw new WrongKindException();
  }

  /** When a key expires in milliseconds since the epoch, {@link #NO_EXPIRY} or {@link #NO_KEY}. */
  public long expireAt(Key key) {
    Entry entry = live(key);
    return entry == null ? NO_KEY : entry.expireAtMs;
  }

  /** What OBJECT and MEMORY USAGE tell, or null when the key does not exist. */
  public @Nullable KeyFacts facts(Key key) {
    Entry entry = live(key);
    return entry == null
        ? null
        : new KeyFacts(
            entry.value.encoding(),
            AccessClock.idleSeconds(entry.access, nowMs),
            AccessClock.count(entry.access, nowMs),
            entry.heapBytes());
  }

  /** Keys in the visible slots, expired ones that were not deleted yet among them. */
  public long size() {
    return store.visibleKeys();
  }

  /** Keys in the visible slots that have an expiry. */
  public long expiring() {
    return store.visibleKeysWithExpiry();
  }

  /**
   * Shows about {@code count} keys of the visible slots from a cursor on and returns the next
   * cursor, 0 at the end. A key that is there during the whole scan is shown exactly once.
   */
  public long scan(long cursor, long count, KeyVisitor visitor) {
    return walk.scan(cursor, count, nowMs, visitor);
  }

  /** Shows every key of one slot, if that slot is visible. */
  public void keysOf(int slot, KeyVisitor visitor) {
    walk.slot(slot, nowMs, visitor);
  }

  /** The name of a key by chance, or null when there is none. */
  public byte @Nullable [] randomKey() {
    Entry entry = walk.random(nowMs);
    return entry == null ? null : entry.key.clone();
  }

  public KeyspaceStats stats() {
    return stats;
  }

  /** The generator for commands whose answer is left to chance. */
  public RandomGenerator random() {
    return random;
  }

  // ---- writing

  /** Sets a string, whatever the key held before. */
  public void put(Key key, byte[] bytes, int offset, int length, long expireAtMs) {
    put(key, StringForm.WHOLE, bytes, offset, length, expireAtMs);
  }

  /** Sets the text of a floating point number, keeping the expiry. */
  public void putFloat(Key key, byte[] bytes, int offset, int length) {
    Entry entry = live(key);
    put(key, StringForm.FLOAT, bytes, offset, length, entry == null ? NO_EXPIRY : entry.expireAtMs);
  }

  private void put(
      Key key, StringForm form, byte[] bytes, int offset, int length, long expireAtMs) {
    effects.putString(key, form, expireAtMs, bytes, offset, length);
    use(store.putString(key, bytes, offset, length, form, expireAtMs));
  }

  /**
   * Writes into a string at a position, filling a gap with zeros; a missing key begins as an empty
   * string.
   */
  public void splice(Key key, int position, byte[] bytes, int offset, int length) {
    requireKind(live(key), ValueKind.STRING);
    effects.splice(key, position, bytes, offset, length);
    use(store.splice(key, position, bytes, offset, length));
  }

  /** Sets a field of a hash and tells whether it is new; a missing key begins as an empty hash. */
  public boolean putField(
      Key key,
      byte[] name,
      int nameAt,
      int nameLength,
      byte[] value,
      int valueAt,
      int valueLength) {
    Entry before = live(key);
    requireKind(before, ValueKind.HASH);
    effects.putField(key, name, nameAt, nameLength, value, valueAt, valueLength);
    boolean isNew = store.putField(key, name, nameAt, nameLength, value, valueAt, valueLength);
    Entry entry = before == null ? store.find(key) : before;
    if (entry != null) {
      use(entry);
    }
    return isNew;
  }

  /** Removes a field of a hash and tells whether it was there; the key goes with its last field. */
  public boolean removeField(Key key, byte[] name, int nameAt, int nameLength) {
    Entry entry = live(key);
    requireKind(entry, ValueKind.HASH);
    if (entry == null || !store.removeField(key, name, nameAt, nameLength)) {
      return false;
    }
    if (store.find(key) == null) {
      effects.delete(key); // By name, see Effect.
    } else {
      effects.dropField(key, name, nameAt, nameLength);
    }
    return true;
  }

  /** Deletes a key and tells whether it was there. */
  public boolean delete(Key key) {
    Entry entry = live(key);
    if (entry == null) {
      return false;
    }
    remove(key.slot, entry);
    return true;
  }

  /**
   * Sets the expiry of a key, {@link #NO_EXPIRY} to take it away; does nothing when the key does
   * not exist.
   */
  public void expireAt(Key key, long atMs) {
    Entry entry = live(key);
    if (entry != null && entry.expireAtMs != atMs) {
      effects.expireAt(key, atMs);
      store.expireAt(key.slot, entry, atMs);
    }
  }

  /** Gives a key that exists another name, with its expiry, over whatever had that name. */
  public void rename(Key from, Key to) {
    Entry entry = live(from);
    if (entry != null && !from.sameAs(to)) {
      Value value = entry.value;
      long expireAtMs = entry.expireAtMs;
      int access = entry.access;
      store.delete(from.slot, entry);
      install(to, value, expireAtMs, access);
      effects.delete(from);
    }
  }

  /** Copies a key that exists, with its expiry, over whatever had the other name. */
  public void copy(Key from, Key to) {
    Entry entry = live(from);
    if (entry != null && !from.sameAs(to)) {
      install(to, entry.value.copy(), entry.expireAtMs, entry.access);
    }
  }

  private void install(Key to, Value value, long expireAtMs, int access) {
    store.delete(to);
    Entry entry = store.add(to, value);
    store.expireAt(to.slot, entry, expireAtMs);
    entry.access = access;
    effects.entry(to, entry);
  }

  /** Makes a key look unused for so many seconds, when the policy counts that. */
  public void idle(Key key, long seconds) {
    Entry entry = live(key);
    if (entry != null && !evictor.policy().isByFrequency()) {
      entry.access = AccessClock.lastUsed(nowMs - Math.min(seconds, nowMs / 1000) * 1000);
    }
  }

  /** Makes a key look used so often, when the policy counts that. */
  public void frequency(Key key, int count) {
    Entry entry = live(key);
    if (entry != null && evictor.policy().isByFrequency()) {
      entry.access = AccessClock.withCount(count, nowMs);
    }
  }

  /** Deletes all keys of the visible slots. */
  public void clear() {
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      if (store.isVisible(slot) && store.keys(slot) > 0) {
        effects.clearSlot(slot);
        store.clear(slot);
      }
    }
  }

  /** Deletes all keys of one slot, visible or not, as a step of its own and not of a command. */
  public void clear(int slot) {
    effects.clearSlot(slot);
    store.clear(slot);
    commit();
  }

  // ---- expiry and eviction

  /**
   * Deletes expired keys, looking at about {@code budget} keys, and returns how many; a master's
   * duty, between commands.
   */
  public int expireCycle(long timeMs, int budget) {
    begin(timeMs);
    int deleted = master ? expiryCycle.run(timeMs, budget, removal) : 0;
    stats.expired += deleted;
    commit();
    return deleted;
  }

  /** Limits the memory of the store, 0 for no limit. */
  public void limit(long maxBytes, EvictionPolicy policy) {
    evictor.limit(maxBytes, policy);
  }

  public long maxBytes() {
    return evictor.maxBytes();
  }

  public EvictionPolicy policy() {
    return evictor.policy();
  }

  public long usedBytes() {
    return store.usedBytes();
  }

  /**
   * Evicts keys while the memory limit is exceeded, as part of the command that was begun; false
   * when it stays exceeded, so that a command that needs memory is to be refused. A replica never
   * evicts and never refuses.
   */
  public boolean makeRoom() {
    return !master || evictor.makeRoom(nowMs, eviction);
  }

  private void evict(int slot, Entry entry) {
    remove(slot, entry);
    stats.evicted++;
  }

  // ---- what the above stand on

  /** The entry of a key unless it has expired, in which case a master deletes it. */
  private @Nullable Entry live(Key key) {
    Entry entry = store.find(key);
    if (entry == null || !entry.isExpired(nowMs)) {
      return entry;
    }
    if (master) {
      remove(key.slot, entry);
      stats.expired++;
    }
    return null;
  }

  private @Nullable Entry read(Key key) {
    Entry entry = counted(live(key));
    if (entry != null && touching) {
      use(entry);
    }
    return entry;
  }

  private @Nullable Entry counted(@Nullable Entry entry) {
    if (entry == null) {
      stats.misses++;
    } else {
      stats.hits++;
    }
    return entry;
  }

  private void use(Entry entry) {
    entry.access =
        entry.access == 0
            ? AccessClock.fresh(evictor.policy(), nowMs)
            : AccessClock.used(evictor.policy(), entry.access, nowMs, random);
  }

  private void remove(int slot, Entry entry) {
    effects.delete(doomed.show(entry, slot));
    store.delete(slot, entry);
  }

  private static void requireKind(@Nullable Entry entry, ValueKind kind) {
    if (entry != null && entry.value.kind() != kind) {
      throw new WrongKindException();
    }
  }
}
