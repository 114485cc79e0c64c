package dev.kibi.e2e.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ArgumentsTest {

  @Test
  void aRuleThatThereIsNotIsNamedWithThoseThatThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.of("--mutants", "--mutant", "Nope"))
        .withMessageContaining("--mutant Nope (expected: one of ")
        .withMessageContaining("LeaseWait");
  }

  @Test
  void oneRuleIsAskedForByItsName() {
    assertThat(
            Arguments.of("--mutants", "--mutant", "LeaseWait").mutantsNamed(Mutants.all()).stream()
                .map(Mutant::rule))
        .containsOnly("LeaseWait");
  }
}
