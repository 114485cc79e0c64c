package dev.kibi.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule finds what it is there to find, and nothing else. */
class RulesTest {

  private static final String ROOT = Imported.FIXTURES + ".arch.";
  private static final JavaClasses FIXTURES = Imported.fixtures();

  @Test
  void anArrowFindsADependencyThatIsNotAllowed() {
    Arrow arrow = Arrow.from(ROOT + "pure").onlyTo("java..").because("it is pure");
    assertThat(violations(arrow.rule()))
        .isNotEmpty()
        .allMatch(violation -> violation.contains("free.Anything"));
    assertThat(arrow.rule().getDescription()).endsWith("because it is pure");
  }

  @Test
  void anArrowTakesADependencyThatIsAllowed() {
    Arrow arrow = Arrow.from(ROOT + "pure").onlyTo("java..", ROOT + "free").because("it is pure");
    assertThat(violations(arrow.rule())).isEmpty();
  }

  @Test
  void anArrowFindsADependencyThatIsForbidden() {
    assertThat(violations(Arrow.from(ROOT + "pure").neverTo(ROOT + "free..").because("").rule()))
        .isNotEmpty();
    assertThat(violations(Arrow.from(ROOT + "pure").neverTo(ROOT + "tests").because("").rule()))
        .isEmpty();
  }

  @Test
  void determinismFindsEveryKindOfCallOnce() {
    List<String> found = violations(Determinism.of(ROOT + "pure"));
    assertThat(found).noneMatch(violation -> violation.contains("Pure.java"));
    for (String call :
        List.of(
            "System.currentTimeMillis",
            "System.nanoTime",
            "Instant.now",
            "LocalDateTime.now",
            "ZonedDateTime.now",
            "OffsetDateTime.now",
            "Clock.systemUTC",
            "Math.random",
            "util.Random.<init>",
            "SplittableRandom.<init>",
            "SecureRandom.<init>",
            "ThreadLocalRandom.current",
            "RandomGenerator.getDefault",
            "UUID.randomUUID",
            "util.HashMap.<init>",
            "HashSet.<init>",
            "IdentityHashMap.<init>",
            "WeakHashMap.<init>",
            "ConcurrentHashMap.<init>",
            "Set.of",
            "Set.copyOf",
            "Map.of",
            "Map.copyOf",
            "Collectors.toSet",
            "Collectors.toUnmodifiableSet",
            "Collectors.toMap",
            "Collectors.toUnmodifiableMap",
            "Collectors.groupingBy",
            "System.identityHashCode",
            "Thread.currentThread",
            "Executors.newVirtualThreadPerTaskExecutor",
            "CompletableFuture.<init>",
            "String.formatted")) {
      assertThat(found).as(call).anyMatch(violation -> violation.contains(call));
    }
  }

  @Test
  void determinismSaysWhatToWriteInstead() {
    assertThat(violations(Determinism.of(ROOT + "pure")))
        .anyMatch(violation ->
            violation.contains("System.nanoTime")
                && violation.endsWith("time comes in as an argument"));
  }

  @Test
  void namingFindsANameThatSaysNothing() {
    assertThat(violations(Naming.of(ROOT + "."))).singleElement().asString().contains("SlotUtils");
  }

  @Test
  void honestTestsFindsASleepAndATestThatDoesNotRun() {
    assertThat(violations(HonestTests.of(ROOT + "tests")))
        .anyMatch(violation -> violation.contains("Thread.sleep"))
        .anyMatch(violation -> violation.contains("org.junit.jupiter.api.Disabled"));
  }

  @Test
  void theTestsOfAModuleAreImportedWithoutTheFixtures() {
    assertThat(Imported.tests("dev.kibi").stream().map(c -> c.getName()))
        .contains(RulesTest.class.getName())
        .noneMatch(name -> name.startsWith(Imported.FIXTURES));
  }

  @Test
  void whatAModuleShipsIsImportedWithoutItsTests() {
    assertThat(Imported.shipped("dev.kibi.arch").stream().map(c -> c.getName()))
        .contains(Arrow.class.getName())
        .doesNotContain(RulesTest.class.getName());
  }

  @Test
  void theRulesHoldForThisModuleToo() {
    JavaClasses all = new ClassFileImporter().importPackages("dev.kibi.arch");
    Naming.of("dev.kibi.arch..").check(all);
    HonestTests.of("dev.kibi.arch..").check(all);
  }

  private static List<String> violations(ArchRule rule) {
    return rule.evaluate(FIXTURES).getFailureReport().getDetails();
  }
}
