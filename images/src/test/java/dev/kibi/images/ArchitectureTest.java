package dev.kibi.images;

import dev.kibi.arch.HonestTests;
import dev.kibi.arch.Imported;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void testsDoNotSleepAndAllOfThemRun() {
    HonestTests.of("dev.kibi..").check(Imported.tests("dev.kibi"));
  }
}
