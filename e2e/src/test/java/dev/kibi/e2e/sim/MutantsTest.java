package dev.kibi.e2e.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule is needed: without it some seed breaks a law. Seeds that are known to do so are tried
 * first; when the program or the simulator has changed and they do not any more, others are.
 */
class MutantsTest {

  private static final long SEEDS_MAX = Long.getLong("kibi.sim.mutant.seeds", 2000);
  private static final int RULES_MIN = 25;

  static List<Mutant> mutants() {
    return Mutants.all();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void withoutARuleSomeSeedBreaksALaw(Mutant mutant) {
    MutantClasses classes = MutantClasses.of(mutant);
    boolean known = mutant.seeds().stream().anyMatch(seed -> isFound(mutant, classes, seed));
    assertThat(known || isFoundByAnother(mutant, classes))
        .as("without the rule %s some seed up to %d breaks a law", mutant, SEEDS_MAX)
        .isTrue();
  }

  private static boolean isFoundByAnother(Mutant mutant, MutantClasses classes) {
    System.out.printf("mutant %s: to be recorded anew, by kibi sim --mutants%n", mutant);
    return LongStream.rangeClosed(1, SEEDS_MAX)
        .anyMatch(seed ->
            isFound(mutant, classes, seed) && Simulator.failureOf(Aim.EVERYTHING, seed) == null);
  }

  private static boolean isFound(Mutant mutant, MutantClasses classes, long seed) {
    String law = classes.lawBroken(Aim.EVERYTHING, seed);
    if (law != null) {
      System.out.printf("mutant %s: seed %d, %s%n", mutant, seed, MutantSearch.firstLine(law));
    }
    return law != null;
  }

  @Test
  void theSeedsThatFindMutantsAreWellWithAllRules() {
    List<Long> seeds =
        Mutants.all().stream().flatMap(mutant -> mutant.seeds().stream()).distinct().toList();
    assertThat(seeds).isNotEmpty();
    assertThat(seeds)
        .allSatisfy(seed -> assertThat(Simulator.failureOf(Aim.EVERYTHING, seed)).isNull());
  }

  /** What the aim at empty restarts is for: it is not blind. */
  @Test
  void aProcessThatKeptItsIdWouldWipeItsReplicas() {
    Mutant mutant =
        Mutants.all().stream()
            .filter(each -> each.rule().equals("FreshIncarnation"))
            .findAny()
            .orElseThrow();
    MutantClasses classes = MutantClasses.of(mutant);
    assertThat(LongStream.rangeClosed(1, 50).boxed())
        .anySatisfy(seed -> assertThat(classes.lawBroken(Aim.EMPTY_RESTARTS, seed)).isNotNull());
  }

  @Test
  void thereAreEnoughRulesAndEachHasItsOwnName() {
    assertThat(Mutants.all().stream().map(Mutant::rule).distinct())
        .hasSize(Mutants.all().size())
        .hasSizeGreaterThanOrEqualTo(RULES_MIN);
  }
}
