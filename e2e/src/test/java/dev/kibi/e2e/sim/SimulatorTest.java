package dev.kibi.e2e.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SimulatorTest {

  private static final long FROM = 1;
  private static final long SEEDS = Long.getLong("kibi.sim.seeds", 10_000);

  @Test
  void everySeedIsWell() throws InterruptedException {
    everySeedIsWell(Aim.EVERYTHING, SEEDS);
  }

  private static void everySeedIsWell(Aim aim, long seeds) throws InterruptedException {
    long start = System.nanoTime();
    int threads = Runtime.getRuntime().availableProcessors();
    List<Simulator.Failure> failures = Simulator.run(aim, FROM, seeds, threads);
    System.out.printf(
        Locale.ROOT,
        "simulator: %s, %d seeds from %d in %.0f s, %d failed%n",
        aim,
        seeds,
        FROM,
        (System.nanoTime() - start) / 1e9,
        failures.size());
    assertThat(failures).isEmpty();
  }

  @Test
  void aMasterThatIsRestartedEmptyNeverWipesItsReplicas() throws InterruptedException {
    everySeedIsWell(Aim.EMPTY_RESTARTS, 1000);
  }

  @Test
  void aShardThatLostAllItsCopiesOpensInANewGeneration() throws InterruptedException {
    everySeedIsWell(Aim.ALL_COPIES_LOST, 200);
  }

  @Test
  void aSeedIsTheSameStoryEveryTime() {
    for (long seed = FROM; seed < FROM + 5; seed++) {
      assertThat(story(seed)).as("seed " + seed).isEqualTo(story(seed));
    }
  }

  private static List<String> story(long seed) {
    Story story = Story.remembered();
    new Simulation(seed, story).run();
    return story.last();
  }
}
