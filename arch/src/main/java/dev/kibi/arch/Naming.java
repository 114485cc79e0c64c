package dev.kibi.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;

/** Names that say nothing are not given. */
public final class Naming {

  private Naming() {}

  /** For the classes beneath a package. */
  public static ArchRule of(String packages) {
    return noClasses()
        .that()
        .resideInAPackage(packages)
        .should()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .allowEmptyShould(true)
        .because("a name tells what a class is for, and these fit every class");
  }
}
