package dev.kibi.arch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;

/** The classes that rules are held against: those of the module under test, not of its jars. */
public final class Imported {

  /** Classes that break rules on purpose live beneath this package, in the tests of a module. */
  public static final String FIXTURES = "dev.kibi.fixture";

  private Imported() {}

  /** What the module ships beneath a package. */
  public static JavaClasses shipped(String root) {
    return new ClassFileImporter()
        .withImportOption(Predefined.DO_NOT_INCLUDE_JARS)
        .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(root);
  }

  /** The module's tests beneath a package, without the fixtures. */
  public static JavaClasses tests(String root) {
    return new ClassFileImporter()
        .withImportOption(Predefined.DO_NOT_INCLUDE_JARS)
        .withImportOption(Predefined.ONLY_INCLUDE_TESTS)
        .withImportOption(location -> !location.contains("/dev/kibi/fixture/"))
        .importPackages(root);
  }

  /** The classes that break rules on purpose. */
  public static JavaClasses fixtures() {
    return new ClassFileImporter().importPackages(FIXTURES);
  }
}
