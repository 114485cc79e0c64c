package dev.kibi.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import dev.kibi.arch.BannedCalls.Ban;
import java.util.List;

/** Tests wait for what they wait for, and all of them run. */
public final class HonestTests {

  private static final List<Ban> BANS =
      List.of(
          Ban.of("java.lang.Thread", "wait for the condition itself, with Awaitility", "sleep"),
          Ban.of(
              "java.util.concurrent.TimeUnit",
              "wait for the condition itself, with Awaitility",
              "sleep"));

  private static final String DISABLED = "org.junit.jupiter.api.Disabled";

  private HonestTests() {}

  /** For the classes beneath a package. */
  public static ArchRule of(String packages) {
    ArchRule awake =
        classes()
            .that()
            .resideInAPackage(packages)
            .should(new BannedCalls("not sleep", BANS))
            .allowEmptyShould(true)
            .because("a pause is too short on a slow machine and too long on every other");
    ArchRule enabled =
        noClasses()
            .that()
            .resideInAPackage(packages)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName(DISABLED)
            .allowEmptyShould(true)
            .because("a test that does not run guards nothing");
    return CompositeArchRule.of(awake).and(enabled);
  }
}
