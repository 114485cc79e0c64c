package dev.kibi.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharedLibrariesTest {
  private static final Path RUNTIME = Path.of("/stage/java");

  @Test
  void libraries_outside_the_runtime_and_the_linker_are_taken_once() {
    assertThat(
            SharedLibraries.parse(
                """
                /stage/java/bin/java:
                \tlinux-vdso.so.1 (0x00007ffe4d5c1000)
                \tlibjli.so => /stage/java/bin/../lib/libjli.so (0x00007f1)
                \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f2)
                \t/lib64/ld-linux-x86-64.so.2 (0x00007f3)
                /stage/java/lib/libnet.so:
                \tlibjvm.so => not found
                \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f4)
                """,
                RUNTIME,
                Set.of("libjvm.so")))
        .containsExactly(
            Path.of("/lib/x86_64-linux-gnu/libc.so.6"), Path.of("/lib64/ld-linux-x86-64.so.2"));
  }

  @Test
  void a_library_that_is_not_installed_is_named() {
    assertThatThrownBy(
            () -> SharedLibraries.parse("\tlibz.so.1 => not found\n", RUNTIME, Set.of("libjvm.so")))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("libz.so.1");
  }
}
