package dev.kibi.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.operator.plan.World.FakePod;
import dev.kibi.protocol.slot.Slot;
import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.topology.SlotMove;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Seeded worlds in which anything happens in any order; a failure names its seed. */
class RandomScenarioTest {
  private static final int SEEDS = 25;

  @Test
  void whatever_happens_on_the_way_the_map_ends_balanced_and_every_version_is_legal() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      World world = World.running(1 + random.nextInt(6), 1);
      for (int event = 0; event < 60; event++) {
        disturb(world, random);
        world.step();
      }
      world.pods.values().forEach(World.FakePod::heal);
      world.settle();
      assertBalanced(world, "seed " + seed);
    }
  }

  @Test
  void an_undisturbed_scale_moves_the_fewest_slots_possible() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      World world = World.running(1 + random.nextInt(12), 0);
      for (int scale = 0; scale < 4; scale++) {
        SlotMap before = world.topology().slots();
        int target = 1 + random.nextInt(12);
        world.scale(target);
        assertThat(world.settle())
            .as("seed " + seed + " to " + target)
            .isEqualTo(fewest(before, target));
        assertBalanced(world, "seed " + seed);
      }
    }
  }

  private static void disturb(World world, Random random) {
    List<FakePod> pods = new ArrayList<>(world.pods.values());
    FakePod pod = pods.get(random.nextInt(pods.size()));
    switch (random.nextInt(10)) {
      case 0 -> world.scale(1 + random.nextInt(7));
      case 1 -> pod.life++;
      case 2 -> pod.contact = Contact.REFUSED;
      case 3 -> pod.contact = Contact.LOST;
      case 4 -> world.replacePod(pod.name);
      case 5 -> pod.heal();
      case 6, 7 -> world.syncLearners();
      default -> commitOne(world, random);
    }
  }

  private static void commitOne(World world, Random random) {
    List<SlotMove> moves = world.topology().moves();
    if (!moves.isEmpty()) {
      SlotMove move = moves.get(random.nextInt(moves.size()));
      boolean current =
          world.shard(move.from()).epoch() == move.fromEpoch()
              && world.shard(move.to()).epoch() == move.toEpoch();
      if (current) {
        world.commit(move);
      }
    }
  }

  private static void assertBalanced(World world, String seed) {
    int shards = world.goal.shards();
    assertThat(world.topology().shards()).as(seed).hasSize(shards);
    assertThat(world.topology().moves()).as(seed).isEmpty();
    world
        .topology()
        .slots()
        .byShard()
        .forEach((shard, slots) ->
            assertThat(slots.size())
                .as(seed)
                .isBetween(Slot.COUNT / shards, (Slot.COUNT + shards - 1) / shards));
  }

  /**
   * Counted another way than the planner does: whatever exceeds the best choice of shares has to
   * move.
   */
  private static int fewest(SlotMap before, int shards) {
    int larger = Slot.COUNT % shards;
    int share = Slot.COUNT / shards;
    int stay = 0;
    List<Integer> owned = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      owned.add(before.slotsOf(shard).size());
    }
    owned.sort((a, b) -> b - a);
    for (int i = 0; i < shards; i++) {
      stay += Math.min(owned.get(i), i < larger ? share + 1 : share);
    }
    return Slot.COUNT - stay;
  }
}
