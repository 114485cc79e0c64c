package dev.kibi.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every module that ships classes is held to: its arrows, each of which must also find the
 * fixture that breaks it; names that say something; tests that are honest. The module's {@code
 * ArchitectureTest} extends this, says what its arrows are, and adds what it alone has.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ModuleArchitecture {

  private static final String BASE = "dev.kibi";

  private final JavaClasses shipped;
  private final JavaClasses fixtures = Imported.fixtures();
  private final List<Arrow> arrows;
  private final List<Arrow> arrowsOfTheFixtures;

  /** {@code arrowsBeneath} makes the module's arrows for a base package. */
  protected ModuleArchitecture(String module, Function<String, List<Arrow>> arrowsBeneath) {
    shipped = Imported.shipped(BASE + "." + module);
    arrows = arrowsBeneath.apply(BASE);
    arrowsOfTheFixtures = arrowsBeneath.apply(Imported.FIXTURES);
  }

  /** What the module ships. */
  protected final JavaClasses shipped() {
    return shipped;
  }

  protected final List<Arrow> arrows() {
    return arrows;
  }

  protected final List<Arrow> arrowsOfTheFixtures() {
    return arrowsOfTheFixtures;
  }

  @ParameterizedTest
  @MethodSource("arrows")
  protected final void theArrowHolds(Arrow arrow) {
    arrow.rule().check(shipped);
  }

  @ParameterizedTest
  @MethodSource("arrowsOfTheFixtures")
  protected final void theArrowFindsTheClassThatBreaksIt(Arrow arrow) {
    assertThat(arrow.rule().evaluate(fixtures).hasViolation()).isTrue();
  }

  @Test
  protected final void namesSaySomething() {
    Naming.of(BASE + "..").check(shipped);
  }

  @Test
  protected final void testsDoNotSleepAndAllOfThemRun() {
    HonestTests.of(BASE + "..").check(Imported.tests(BASE));
  }
}
