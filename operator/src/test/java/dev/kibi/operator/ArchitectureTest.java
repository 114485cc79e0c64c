package dev.kibi.operator;

import dev.kibi.arch.Determinism;
import dev.kibi.arch.ModuleArchitecture;
import org.junit.jupiter.api.Test;

/** The arrows of this module, held against what it ships and against classes that break them. */
class ArchitectureTest extends ModuleArchitecture {

  ArchitectureTest() {
    super("operator", OperatorArrows::beneath);
  }

  @Test
  void purePackagesAreDeterministic() {
    Determinism.of(
            "dev.kibi.operator.plan",
            "dev.kibi.operator.model",
            "dev.kibi.operator.diagnosis",
            "dev.kibi.operator.certificate")
        .check(shipped());
  }
}
