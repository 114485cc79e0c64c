package dev.kibi.node;

import dev.kibi.arch.Determinism;
import dev.kibi.arch.ModuleArchitecture;
import org.junit.jupiter.api.Test;

/** The arrows of this module, held against what it ships and against classes that break them. */
class ArchitectureTest extends ModuleArchitecture {

  ArchitectureTest() {
    super("node", NodeArrows::beneath);
  }

  @Test
  void purePackagesAreDeterministic() {
    Determinism.of(
            "dev.kibi.node.rdb", "dev.kibi.node.resp", "dev.kibi.node.shard", "dev.kibi.node.store")
        .check(shipped());
  }
}
