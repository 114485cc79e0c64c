package dev.kibi.e2e.sim;

import dev.kibi.node.store.SlotDump;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.SlotMove;
import dev.kibi.protocol.topology.Topology;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * 9: a move commits only when the target holds exactly what the source does, and both have
 * committed it.
 */
final class MoveLaw implements Law {

  private final Simulation world;

  MoveLaw(Simulation world) {
    this.world = world;
  }

  @Override
  public void stored(@Nullable Topology before, Topology next) {
    if (before == null) {
      return;
    }
    for (SlotMove move : before.moves()) {
      boolean committed =
          move.slots().stream().allMatch(slot -> next.slots().ownerOf(slot) == move.to());
      if (committed) {
        NodeLife source = master(before, move.from());
        NodeLife target = master(before, move.to());
        if (source != null && target != null) {
          require(
              target.lane().commitLsn() >= target.witness().stagedUpTo(move.id()),
              () -> "move " + move + ": " + target.name + " has not committed what it staged");
          move.slots().stream()
              .forEach(slot ->
                  require(
                      source.lane().commitLsn() >= source.keyspace().lastLsn(slot),
                      () -> "move " + move + ": " + source.name + " has not committed it"));
          move.slots().stream()
              .forEach(slot ->
                  require(
                      Arrays.equals(contents(source.store(), slot), contents(target.store(), slot)),
                      () ->
                          "move "
                              + move
                              + ": "
                              + target.name
                              + " is not what "
                              + source.name
                              + " is"));
        }
      }
    }
  }

  /** The living master of a shard, if it knows that it is. */
  private @Nullable NodeLife master(Topology topology, int shard) {
    NodeId id = topology.shard(shard).map(Shard::master).orElse(null);
    NodeLife node = id == null ? null : world.living(id);
    Optional<Shard> own = node == null ? Optional.empty() : node.installedShard();
    return own.filter(s -> s.isMaster(id)).isPresent() ? node : null;
  }

  /** Everything a slot holds; equal contents are equal bytes. */
  static byte[] contents(SlotStore store, int slot) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SlotDump dump = store.dump(slot);
    while (dump.next((s, buffer, offset, length) -> bytes.write(buffer, offset, length), 1 << 20)) {
      // until the end
    }
    return bytes.toByteArray();
  }
}
