package dev.kibi.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kibi.protocol.topology.Durability;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  @Test
  void withoutArgumentsThereAreAHundredCyclesOfSomeSeed() {
    assertThat(Arguments.of(42))
        .isEqualTo(new Arguments(100, 42, Durability.PREFERRED, 2, 2, Optional.empty()));
  }

  @Test
  void everyOptionIsTaken() {
    String line =
        "--cycles 7 --seed -5 --durability required --shards 3 --replicas 1 --fault kill-all";
    assertThat(Arguments.of(42, line.split(" ", -1)))
        .isEqualTo(new Arguments(7, -5, Durability.REQUIRED, 3, 1, Optional.of(Fault.KILL_ALL)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--cycles 0         ; --cycles: 0 (expected: a number from 1 to 1000000)",
        "--cycles many      ; --cycles: many (expected: a number from 1 to 1000000)",
        "--cycles           ; --cycles: nothing (expected: a number from 1 to 1000000)",
        "--seed 1.5         ; --seed: 1.5 (expected: a whole number)",
        "--durability maybe ; --durability: maybe (expected: required, preferred, async)",
        "--shards 17        ; --shards: 17 (expected: a number from 1 to 16)",
        "--replicas 0       ; --replicas: 0 (expected: a number from 1 to 4)",
        "--faults all       ; --faults (expected: --cycles N, --seed S, "
            + "--durability preferred|required|async, --shards N, --replicas N, --fault FAULT)",
      })
  void whatCannotBeUsedIsNamed(String line, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.of(42, line.split(" ", -1)))
        .withMessage(message);
  }
}
