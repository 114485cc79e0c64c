package dev.kibi.node.store;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A chained hash table whose order of iteration is the order of the hashes, whatever its capacity.
 *
 * <p>The bucket of a hash is {@code (hash * capacity) >>> 24} and chains are sorted by hash. So any
 * capacity will do, and a walk that remembers the hash it has reached meets every element that
 * stays in the table, exactly once, however often the table grows or shrinks on the way: this is
 * what a SCAN cursor stands on.
 */
final class NodeTable<N extends Node> {

  private static final int SMALLEST = 4;
  private static final @Nullable Node[] NO_BUCKETS = new Node[0];

  private @Nullable Node[] buckets = NO_BUCKETS;
  private int size;

  int size() {
    return size;
  }

  /** Heap bytes of the table itself, without its elements; an empty table has none. */
  long heapBytes() {
    return buckets.length == 0 ? 0 : HeapSize.references(buckets.length);
  }

  @Nullable N find(byte[] bytes, int offset, int length, int hash) {
    if (size == 0) {
      return null;
    }
    for (Node node = buckets[bucketOf(hash)]; node != null && node.hash <= hash; node = node.next) {
      if (node.hash == hash && node.hasKey(bytes, offset, length)) {
        return element(node);
      }
    }
    return null;
  }

  /** Adds an element whose key is not in the table. */
  void add(N added) {
    if (size == buckets.length) {
      resize(Math.max(SMALLEST, (int) Math.min(SeededHash.END, size + (size >> 1) + 1L)));
    }
    int bucket = bucketOf(added.hash);
    Node before = null;
    Node after = buckets[bucket];
    while (after != null && after.hash <= added.hash) {
      before = after;
      after = after.next;
    }
    added.next = after;
    if (before == null) {
      buckets[bucket] = added;
    } else {
      before.next = added;
    }
    size++;
  }

  /** Removes an element that is in the table. */
  @SuppressWarnings("ReferenceEquality") // this very node is meant
  void remove(N removed) {
    int bucket = bucketOf(removed.hash);
    Node before = null;
    Node node = buckets[bucket];
    while (node != removed) {
      if (node == null) {
        throw new IllegalStateException(
            "node of hash " + removed.hash + ": not found (expected: in its bucket)");
      }
      before = node;
      node = node.next;
    }
    if (before == null) {
      buckets[bucket] = removed.next;
    } else {
      before.next = removed.next;
    }
    removed.next = null;
    size--;
    if (size == 0) {
      buckets = NO_BUCKETS;
    } else if (buckets.length > SMALLEST && size < buckets.length / 8) {
      resize(Math.max(SMALLEST, size * 2));
    }
  }

  void clear() {
    buckets = NO_BUCKETS;
    size = 0;
  }

  /**
   * Visits elements in hash order, beginning at hash {@code from}, until at least {@code limit}
   * were visited, and returns the hash to go on from or {@link SeededHash#END}.
   *
   * <p>Elements of equal hash are always visited by the same call, since the returned hash can not
   * tell them apart. The visitor must not change the table.
   */
  int walk(int from, int limit, Consumer<? super N> visitor) {
    if (size == 0) {
      return SeededHash.END;
    }
    int visited = 0;
    int lastHash = -1;
    for (int bucket = bucketOf(from); bucket < buckets.length; bucket++) {
      for (Node node = buckets[bucket]; node != null; node = node.next) {
        if (node.hash < from) {
          continue;
        }
        if (visited >= limit && node.hash != lastHash) {
          return node.hash;
        }
        visitor.accept(element(node));
        visited++;
        lastHash = node.hash;
      }
    }
    return SeededHash.END;
  }

  /** One element by chance, nearly fair; null when there is none. */
  @Nullable N random(RandomGenerator random) {
    if (size == 0) {
      return null;
    }
    // Ends soon: at least every eighth bucket is in use on average, see remove.
    Node first = null;
    while (first == null) {
      first = buckets[random.nextInt(buckets.length)];
    }
    int length = 0;
    for (Node node = first; node != null; node = node.next) {
      length++;
    }
    Node chosen = first;
    for (int steps = random.nextInt(length); steps > 0 && chosen.next != null; steps--) {
      chosen = chosen.next;
    }
    return element(chosen);
  }

  private void resize(int capacity) {
    @Nullable Node[] old = buckets;
    buckets = new Node[capacity];
    // The old order is the new order, so every node goes to the end of the chain that was begun
    // last.
    Node tail = null;
    int tailBucket = -1;
    for (Node head : old) {
      Node node = head;
      while (node != null) {
        Node following = node.next;
        node.next = null;
        int bucket = bucketOf(node.hash);
        if (tail == null || bucket != tailBucket) {
          buckets[bucket] = node;
        } else {
          tail.next = node;
        }
        tail = node;
        tailBucket = bucket;
        node = following;
      }
    }
  }

  private int bucketOf(int hash) {
    return (int) (((long) hash * buckets.length) >>> SeededHash.BITS);
  }

  /** Only elements of type N are ever added. */
  @SuppressWarnings("unchecked")
  private N element(Node node) {
    return (N) node;
  }
}
