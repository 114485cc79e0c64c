package dev.kibi.e2e.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kibi.protocol.slot.HashSlot;
import dev.kibi.protocol.slot.Slot;
import dev.kibi.protocol.topology.Topology;
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
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> prefix + ":" + i)
        .filter(key -> {
          int slot = Slot.ofHashSlot(HashSlot.of(key.getBytes(UTF_8)));
          return topology.slots().ownerOf(slot) == shard;
        })
        .findFirst()
        .orElseThrow();
  }
}
