package dev.kibi.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the classes of some packages may depend on, and why. Packages are written as in ArchUnit:
 * {@code dev.kibi.node} is that package alone, {@code dev.kibi.node..} with all beneath it.
 *
 * @param from packages that the arrow is about
 * @param only whether {@code to} is all that they may depend on, or what they may not depend on
 * @param to packages they depend on
 * @param reason ends the sentence "..., because"
 */
public record Arrow(List<String> from, boolean only, List<String> to, String reason) {

  /** What every class may depend on, and its own package, without saying so. */
  private static final List<String> ALWAYS =
      List.of("java.lang..", "java.util..", "org.jspecify.annotations..");

  public static From from(String... packages) {
    return new From(List.of(packages));
  }

  /** A package that does not exist yet breaks nothing. */
  public ArchRule rule() {
    String[] packages = from.toArray(String[]::new);
    ArchRule rule =
        only
            ? classes()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed())
            : noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to.toArray(String[]::new));
    return rule.allowEmptyShould(true).because(reason);
  }

  private String[] allowed() {
    return Stream.of(ALWAYS, from, to).flatMap(List::stream).toArray(String[]::new);
  }

  @Override
  public String toString() {
    return String.join(", ", from) + (only ? " -> " : " -/-> ") + String.join(", ", to);
  }

  /** The first half of an arrow. */
  public record From(List<String> packages) {

    /** Nothing but these, besides {@code java.lang} and {@code java.util}. */
    public To onlyTo(String... allowed) {
      return new To(packages, true, List.of(allowed));
    }

    /** Anything but these. */
    public To neverTo(String... forbidden) {
      return new To(packages, false, List.of(forbidden));
    }
  }

  /** An arrow without its reason. */
  public record To(List<String> from, boolean only, List<String> to) {

    public Arrow because(String reason) {
      return new Arrow(from, only, to, reason);
    }
  }
}
