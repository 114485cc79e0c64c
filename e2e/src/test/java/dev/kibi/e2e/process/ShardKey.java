package dev.kibi.e2e.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kibi.protocol.slot.HashSlot;
import dev.kibi.protocol.slot.Slot;
import dev.kibi.protocol.topology.Topology;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Finds keys by where they are kept. */
public final class ShardKey {

  private ShardKey() {}

  /** A key that {@code shard} owns. */
  public static String of(Topology topology, int shard) {
    return of("probe", topology, shard);
  }

  /** The first of {@code prefix:0}, {@code prefix:1} … that {@code shard} owns. */
  public static String of(String prefix, Topology topology, int shard) {
    return of(prefix, hashSlot -> topology.slots().ownerOf(Slot.ofHashSlot(hashSlot)) == shard);
  }

  /** The first of {@code prefix:0}, {@code prefix:1} … in one of these hash slots. */
  static String of(String prefix, IntPredicate hashSlots) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> prefix + ":" + i)
        .filter(key -> hashSlots.test(HashSlot.of(key.getBytes(UTF_8))))
        .findFirst()
        .orElseThrow();
  }
}
