package dev.kibi.e2e.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was written and what was acknowledged, and so what a read may answer.
 *
 * <p>Every write has a value of its own, higher than those before it, and a key has one writer that
 * does not go on with it while the fate of a write is unknown. So a read that begins after value v
 * of its key was acknowledged must see v or a higher value that was attempted; a lower one, or
 * none, is a write that was lost or a reader that was told an old state.
 *
 * <p>Does no I/O; for use by many threads.
 */
public final class Ledger {
  private static final long NEVER = 0;

  private record Entry(long attempted, long acknowledged) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private long lastValue = NEVER;
  private long acknowledgements;

  /** The value to write to a key next. */
  public synchronized long attempt(String key) {
    lastValue++;
    entries.put(key, new Entry(lastValue, acknowledged(key)));
    return lastValue;
  }

  /** Takes down that a write was acknowledged. */
  public synchronized void acknowledge(String key, long value) {
    Entry entry = entries.get(key);
    if (entry == null || value > entry.attempted()) {
      throw new IllegalArgumentException(key + ": " + value + " (expected: a value attempted)");
    }
    entries.put(key, new Entry(entry.attempted(), Math.max(value, entry.acknowledged())));
    acknowledgements++;
  }

  /** The value last acknowledged of a key, to be asked for before a read begins; 0 for none. */
  public synchronized long acknowledged(String key) {
    Entry entry = entries.get(key);
    return entry == null ? NEVER : entry.acknowledged();
  }

  /** How many writes were acknowledged so far. */
  public synchronized long acknowledgements() {
    return acknowledgements;
  }

  /** The keys with an acknowledged write, in the order of their first attempts. */
  public synchronized List<String> acknowledgedKeys() {
    List<String> keys = new ArrayList<>();
    entries.forEach((key, entry) -> {
      if (entry.acknowledged() != NEVER) {
        keys.add(key);
      }
    });
    return keys;
  }

  /**
   * What is wrong with a read that has just ended.
   *
   * @param acknowledged the value last acknowledged when the read began
   * @param seen what was read, null for no value
   */
  public synchronized Optional<String> objection(
      String key, long acknowledged, @Nullable String seen) {
    long value = seen == null ? NEVER : Long.parseLong(seen);
    Entry entry = entries.get(key);
    long attempted = entry == null ? NEVER : entry.attempted();
    if (value >= acknowledged && value <= attempted) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: %s (expected: from %d, acknowledged, to %d, attempted)"
            .formatted(key, seen == null ? "no value" : seen, acknowledged, attempted));
  }

  /** Takes keys out of the books: they are not to be read any more. */
  public synchronized void forget(List<String> keys) {
    keys.forEach(entries::remove);
  }
}
