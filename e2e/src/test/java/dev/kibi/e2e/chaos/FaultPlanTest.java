package dev.kibi.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final Set<Fault> ALL = EnumSet.allOf(Fault.class);

  private static List<Incident> incidents(long seed, Set<Fault> possible) {
    FaultPlan plan = new FaultPlan(seed, 3, 2, possible);
    return IntStream.rangeClosed(1, 2_000).mapToObj(plan::of).toList();
  }

  @Test
  void theSameSeedIsTheSameStory() {
    assertThat(incidents(7, ALL)).isEqualTo(incidents(7, ALL)).isNotEqualTo(incidents(8, ALL));
  }

  @Test
  void everythingThatIsPossibleHappensAndNothingElse() {
    Set<Fault> possible = EnumSet.of(Fault.KILL_MASTER, Fault.KILL_ALL, Fault.PAUSE_REPLICA);
    assertThat(faults(incidents(1, ALL))).isEqualTo(ALL);
    assertThat(faults(incidents(1, possible))).isEqualTo(possible);
  }

  @Test
  void allNodesDieRarely() {
    assertThat(incidents(3, ALL))
        .filteredOn(incident -> incident.fault() == Fault.KILL_ALL)
        .hasSizeBetween(5, 60);
  }

  @Test
  void aCyclesChoicesSayNothingOfTheNextOnes() {
    List<Incident> incidents = incidents(5, ALL);
    assertThat(
            IntStream.range(1, incidents.size())
                .filter(i -> incidents.get(i).fault() == incidents.get(i - 1).fault())
                .count())
        .isBetween(50L, 400L);
  }

  @Test
  void pausesLastFromATenthOfASecondToTenSecondsClocksGoBothWaysAndEveryCopyIsHit() {
    List<Incident> incidents = incidents(11, ALL);
    assertThat(incidents)
        .allSatisfy(incident ->
            assertThat(incident.length())
                .isBetween(Duration.ofMillis(100), Duration.ofSeconds(10)));
    assertThat(incidents).anyMatch(incident -> incident.length().toMillis() < 200);
    assertThat(incidents).anyMatch(incident -> incident.length().toMillis() > 8_000);
    assertThat(incidents)
        .allSatisfy(incident ->
            assertThat(incident.clockStep().abs())
                .isBetween(Duration.ofMillis(100), Duration.ofMinutes(4)));
    assertThat(incidents).anyMatch(incident -> incident.clockStep().isNegative());
    assertThat(incidents).extracting(Incident::shard).contains(0, 1, 2);
    assertThat(incidents).extracting(Incident::replica).contains(0, 1);
  }

  private static Set<Fault> faults(List<Incident> incidents) {
    return incidents.stream().map(Incident::fault).collect(Collectors.toSet());
  }
}
