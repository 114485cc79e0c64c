package dev.kibi.e2e.chaos;

import dev.kibi.e2e.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The wall clocks of the programs of this run, each of which can be set wrong by itself:
 * libfaketime stands between a program and its C library. The clock that measures how much time has
 * passed is left alone, as it is when somebody sets the clock of a machine.
 */
final class Clocks {
  /** What the operator's clock is called; those of nodes are called as their pods. */
  static final String OPERATOR = "operator";

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final double MILLIS_PER_SECOND = 1_000;

  private final Path directory;

  private Clocks(Path directory) {
    this.directory = directory;
  }

  /**
   * Clocks for programs that are started with {@link #javaHome}, if libfaketime is here; {@code
   * directory} is where they are kept.
   */
  static Optional<Clocks> in(Path directory, Path javaHome)
      throws IOException, InterruptedException {
    String library;
    try {
      library = Program.of("faketime", "-m", "-f", "+0", "printenv", "LD_PRELOAD").run(TIMEOUT);
    } catch (IOException | AssertionError e) {
      return Optional.empty(); // No such program, or none that can be used.
    }
    Clocks clocks = new Clocks(directory);
    Files.createDirectories(clocks.java().getParent());
    Files.writeString(clocks.java(), clocks.launcher(library.strip(), javaHome));
    Files.setPosixFilePermissions(clocks.java(), PosixFilePermissions.fromString("rwxr-xr-x"));
    return Optional.of(clocks);
  }

  /**
   * What starts Java with a clock of its own. Without the fix that is turned off here, which is for
   * C libraries of ten years ago, every wait of a JVM would be over at once.
   */
  private String launcher(String library, Path javaHome) {
    return """
    #!/bin/sh
    export FAKETIME_TIMESTAMP_FILE="%s/${KIBI_POD_NAME:-%s}"
    [ -e "$FAKETIME_TIMESTAMP_FILE" ] || echo +0 >"$FAKETIME_TIMESTAMP_FILE"
    export FAKETIME_CACHE_DURATION=1 FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0
    export LD_PRELOAD='%s'
    exec "%s/bin/java" "$@"
    """
        .formatted(directory, OPERATOR, library, javaHome);
  }

  private Path java() {
    return javaHome().resolve("bin").resolve("java");
  }

  /** The home of a Java whose programs have clocks that can be set. */
  Path javaHome() {
    return directory.resolve("jdk");
  }

  /**
   * Sets a program's clock so much ahead of the machine's, behind it where that is negative; within
   * a second it is seen.
   */
  void set(String program, Duration ahead) throws IOException {
    String offset = String.format(Locale.ROOT, "%+.3f%n", ahead.toMillis() / MILLIS_PER_SECOND);
    Path fresh = Files.writeString(directory.resolve(program + ".new"), offset);
    Files.move(fresh, directory.resolve(program), StandardCopyOption.ATOMIC_MOVE);
  }
}
