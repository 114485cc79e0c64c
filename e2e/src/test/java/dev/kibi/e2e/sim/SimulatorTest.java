package dev.kibi.e2e.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SimulatorTest {

  private static final long FROM = 1;
  private static final long SEEDS = Long.getLong("kibi.sim.seeds", 500);

  @Test
  void everySeedIsWell() throws InterruptedException {
    long start = System.nanoTime();
    int threads = Runtime.getRuntime().availableProcessors();
    List<Simulator.Failure> failures = Simulator.run(FROM, SEEDS, threads);
    System.out.printf(
        Locale.ROOT,
        "simulator: %d seeds from %d in %.0f s, %d failed%n",
        SEEDS,
        FROM,
        (System.nanoTime() - start) / 1e9,
        failures.size());
    assertThat(failures).isEmpty();
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
