package dev.kibi.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImageArchiveTest {

  @ParameterizedTest
  @EnumSource(Program.class)
  void process_1_is_the_jvm_with_the_flags_that_its_cache_was_made_with(Program program) {
    assertThat(ImageArchive.entrypoint(program, true))
        .startsWith("/opt/java/bin/java")
        .containsAll(Program.LAYOUT_FLAGS)
        .contains("-XX:AOTCache=/app/" + program.cacheName())
        .endsWith("-jar", "/app/" + program.jarName());
  }

  @Test
  void heap_and_direct_memory_of_the_operator_are_bounded() {
    assertThat(ImageArchive.entrypoint(Program.OPERATOR, true))
        .contains("-XX:MaxRAMPercentage=60", "-XX:MaxDirectMemorySize=64m");
  }

  @ParameterizedTest
  @CsvSource({"amd64, amd64", "x86_64, amd64", "aarch64, arm64"})
  void an_image_is_of_the_machine_that_builds_it(String javaName, String architecture) {
    assertThat(ImageArchive.platform(javaName).getArchitecture()).isEqualTo(architecture);
  }

  @Test
  void without_a_cache_none_is_named() {
    assertThat(ImageArchive.entrypoint(Program.NODE, false))
        .noneMatch(word -> word.contains("AOT"));
  }
}
