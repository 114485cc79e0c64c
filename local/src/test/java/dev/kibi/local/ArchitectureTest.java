package dev.kibi.local;

import dev.kibi.arch.ModuleArchitecture;

/** The arrows of this module, held against what it ships and against classes that break them. */
class ArchitectureTest extends ModuleArchitecture {

  ArchitectureTest() {
    super("local", LocalArrows::beneath);
  }
}
