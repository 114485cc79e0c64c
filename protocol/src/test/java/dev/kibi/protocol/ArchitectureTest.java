package dev.kibi.protocol;

import dev.kibi.arch.Determinism;
import dev.kibi.arch.ModuleArchitecture;
import org.junit.jupiter.api.Test;

/** The arrows of this module, held against what it ships and against classes that break them. */
class ArchitectureTest extends ModuleArchitecture {

  ArchitectureTest() {
    super("protocol", ProtocolArrows::beneath);
  }

  @Test
  void purePackagesAreDeterministic() {
    Determinism.of("dev.kibi.protocol..").check(shipped());
  }
}
