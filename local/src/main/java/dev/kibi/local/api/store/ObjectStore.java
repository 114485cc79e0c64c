package dev.kibi.local.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Objects in memory, each stamped with the revision of its last write. Revisions count all writes,
 * so that the log of changes is a gapless sequence and a watch is nothing but a reader of it.
 *
 * <p>Objects handed out are shared: they must not be changed, only copied.
 */
public final class ObjectStore {
  /** As many changes can be replayed to a watch that comes back; older ones are "410 Gone". */
  private static final int LOG_LIMIT = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition written = lock.newCondition();
  private final NavigableMap<Key, ObjectNode> objects = new TreeMap<>();
  private final ArrayDeque<Change> log = new ArrayDeque<>();
  private long revision = 1;

  /** Decides what becomes of an object. */
  @FunctionalInterface
  public interface Write {
    /**
     * Returns the object as it shall be stored (the current one itself, or an equal one, for "no
     * change"), or null to delete it. Must not change {@code current}. What it throws leaves the
     * store as it was.
     */
    @Nullable ObjectNode apply(@Nullable ObjectNode current);
  }

  /** A consistent reading of several objects. */
  public record Snapshot(List<ObjectNode> objects, long revision) {}

  /** The changes after the asked revision are no longer known. */
  public static final class ExpiredException extends Exception {
    private static final long serialVersionUID = 1;

    ExpiredException(long asked, long oldest) {
      super(
          "resourceVersion: " + asked + " (expected: " + oldest + " or later, as far as written)");
    }
  }

  public Optional<ObjectNode> get(Key key) {
    lock.lock();
    try {
      return Optional.ofNullable(objects.get(key));
    } finally {
      lock.unlock();
    }
  }

  public Snapshot list(Predicate<Key> wanted) {
    lock.lock();
    try {
      List<ObjectNode> found = new ArrayList<>();
      objects.forEach((key, object) -> {
        if (wanted.test(key)) {
          found.add(object);
        }
      });
      return new Snapshot(found, revision);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Applies {@code write} atomically and returns what is stored now, or the last state if deleted.
   */
  public Optional<ObjectNode> write(Key key, Write write) {
    lock.lock();
    try {
      ObjectNode before = objects.get(key);
      ObjectNode next = write.apply(before);
      if (next == null) {
        return before == null ? Optional.empty() : Optional.of(record(key, before, before, true));
      }
      if (before != null && before.equals(ObjectStore::compareNumbersByValue, next)) {
        return Optional.of(before);
      }
      return Optional.of(record(key, before, next, false));
    } finally {
      lock.unlock();
    }
  }

  /**
   * JSON knows one kind of integer; Jackson calls an int and a long of the same value different.
   */
  private static int compareNumbersByValue(JsonNode a, JsonNode b) {
    if (a.isIntegralNumber() && b.isIntegralNumber()) {
      return Long.compare(a.longValue(), b.longValue());
    }
    return a.equals(b) ? 0 : 1;
  }

  private ObjectNode record(
      Key key, @Nullable ObjectNode before, ObjectNode next, boolean deletion) {
    revision++;
    ObjectNode after = next.deepCopy();
    after.withObject("/metadata").put("resourceVersion", Long.toString(revision));
    if (deletion) {
      objects.remove(key);
    } else {
      objects.put(key, after);
    }
    log.addLast(new Change(revision, key, before, after, deletion));
    if (log.size() > LOG_LIMIT) {
      log.removeFirst();
    }
    written.signalAll();
    return after;
  }

  /** Changes after {@code since}, in order; waits up to {@code patience} for the first one. */
  public List<Change> changesAfter(long since, Duration patience)
      throws InterruptedException, ExpiredException {
    lock.lock();
    try {
      long nanos = patience.toNanos();
      while (revision <= since && nanos > 0) {
        nanos = written.awaitNanos(nanos);
      }
      long oldest = revision - log.size();
      if (since < oldest || since > revision) {
        throw new ExpiredException(since, oldest);
      }
      return newest((int) (revision - since));
    } finally {
      lock.unlock();
    }
  }

  private List<Change> newest(int count) {
    List<Change> found = new ArrayList<>(count);
    Iterator<Change> fromNewest = log.descendingIterator();
    while (found.size() < count) {
      found.add(fromNewest.next());
    }
    return found.reversed();
  }

  public long revision() {
    lock.lock();
    try {
      return revision;
    } finally {
      lock.unlock();
    }
  }
}
