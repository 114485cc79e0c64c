package dev.kibi.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.kibi.arch.Arrow;
import dev.kibi.arch.Determinism;
import dev.kibi.arch.HonestTests;
import dev.kibi.arch.Imported;
import dev.kibi.arch.Naming;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of this module, held against what it ships and against classes that break them. */
class ArchitectureTest {

  private static final JavaClasses SHIPPED = Imported.shipped("dev.kibi.node");
  private static final JavaClasses FIXTURES = Imported.fixtures();

  static Stream<Arrow> arrows() {
    return NodeArrows.beneath("dev.kibi").stream();
  }

  static Stream<Arrow> arrowsOfTheFixtures() {
    return NodeArrows.beneath(Imported.FIXTURES).stream();
  }

  @ParameterizedTest
  @MethodSource("arrows")
  void theArrowHolds(Arrow arrow) {
    arrow.rule().check(SHIPPED);
  }

  @ParameterizedTest
  @MethodSource("arrowsOfTheFixtures")
  void theArrowFindsTheClassThatBreaksIt(Arrow arrow) {
    assertThat(arrow.rule().evaluate(FIXTURES).hasViolation()).isTrue();
  }

  @Test
  void purePackagesAreDeterministic() {
    Determinism.of(
            "dev.kibi.node.rdb", "dev.kibi.node.resp", "dev.kibi.node.shard", "dev.kibi.node.store")
        .check(SHIPPED);
  }

  @Test
  void namesSaySomething() {
    Naming.of("dev.kibi..").check(SHIPPED);
  }

  @Test
  void testsDoNotSleepAndAllOfThemRun() {
    HonestTests.of("dev.kibi..").check(Imported.tests("dev.kibi"));
  }
}
