package dev.kibi.node.command.hash;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.store.ByteView;
import dev.kibi.node.store.HashValue;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** HRANDFIELD: fields by chance, different ones, or with repetitions when the count is negative. */
final class RandomFields {

  /**
   * Repetitions are limited, since their reply is as long as the client says and not as the hash
   * is.
   */
  private static final long MOST_REPETITIONS = 4 << 20;

  /** When more than one in so many fields is wanted, all are looked at. */
  private static final int SPARSE = 3;

  private RandomFields() {}

  static void hrandField(Call call) {
    if (call.argc() == 2) {
      one(call);
      return;
    }
    long count = count(call);
    boolean withValues = call.argc() > 3;
    HashValue hash = Reads.hash(call);
    if (hash == null || count == 0) {
      call.reply().array(0);
    } else if (count < 0) {
      repeated(call, hash, -count, withValues);
    } else {
      different(call, hash, count, withValues);
    }
  }

  private static long count(Call call) {
    long count = call.integer(2);
    if (count == Long.MIN_VALUE) {
      throw CommandError.of(
          "ERR value is out of range, value must between "
              + -Long.MAX_VALUE
              + " and "
              + Long.MAX_VALUE);
    }
    if (call.argc() > 4 || (call.argc() == 4 && !call.is(3, "WITHVALUES"))) {
      throw CommandError.syntax();
    }
    boolean doubles = call.argc() == 4 && Math.abs(count) > Long.MAX_VALUE / 2;
    if (doubles || count < -MOST_REPETITIONS) {
      throw CommandError.of("ERR value is out of range");
    }
    return count;
  }

  private static void one(Call call) {
    HashValue hash = Reads.hash(call);
    if (hash == null) {
      call.reply().nil();
    } else {
      hash.random(call.keyspace().random(), (name, value) -> call.bulk(name));
    }
  }

  private static void repeated(Call call, HashValue hash, long count, boolean withValues) {
    header(call, count, withValues);
    for (long i = 0; i < count; i++) {
      hash.random(call.keyspace().random(), (name, value) -> field(call, name, value, withValues));
    }
  }

  private static void different(Call call, HashValue hash, long count, boolean withValues) {
    int size = hash.size();
    header(call, Math.min(count, size), withValues);
    if (count >= size) {
      hash.forEach((name, value) -> field(call, name, value, withValues));
    } else if (count * SPARSE > size) {
      selected(call, hash, (int) count, withValues);
    } else {
      drawn(call, hash, (int) count, withValues);
    }
  }

  /**
   * Goes through all fields, taking each with the chance that makes every choice equally likely
   * (Knuth 3.4.2 S).
   */
  private static void selected(Call call, HashValue hash, int count, boolean withValues) {
    RandomGenerator random = call.keyspace().random();
    int[] left = {hash.size(), count};
    hash.forEach((name, value) -> {
      if (random.nextInt(left[0]) < left[1]) {
        field(call, name, value, withValues);
        left[1]--;
      }
      left[0]--;
    });
  }

  /** Draws until enough different fields were met. */
  private static void drawn(Call call, HashValue hash, int count, boolean withValues) {
    Set<ByteBuffer> met = HashSet.newHashSet(count);
    while (met.size() < count) {
      hash.random(
          call.keyspace().random(),
          (name, value) -> {
            if (met.add(ByteBuffer.wrap(name.toBytes()))) {
              field(call, name, value, withValues);
            }
          });
    }
  }

  private static void header(Call call, long fields, boolean withValues) {
    boolean flat = withValues && call.reply().protocol() == 2;
    call.reply().array(flat ? 2 * fields : fields);
  }

  private static void field(Call call, ByteView name, ByteView value, boolean withValues) {
    pair(call, withValues);
    call.bulk(name);
    if (withValues) {
      call.bulk(value);
    }
  }

  /** RESP3 clients get a field and its value as an array of their own. */
  private static void pair(Call call, boolean withValues) {
    if (withValues && call.reply().protocol() == 3) {
      call.reply().array(2);
    }
  }
}
