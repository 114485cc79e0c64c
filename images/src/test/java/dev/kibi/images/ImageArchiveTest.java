package dev.kibi.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
  void without_a_cache_none_is_named() {
    assertThat(ImageArchive.entrypoint(Program.NODE, false))
        .noneMatch(word -> word.contains("AOT"));
  }
}
