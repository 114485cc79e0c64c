package dev.kibi.crds;

import dev.kibi.arch.ModuleArchitecture;

/** The arrows of this module, held against what it ships and against classes that break them. */
class ArchitectureTest extends ModuleArchitecture {

  ArchitectureTest() {
    super("crds", CrdsArrows::beneath);
  }
}
