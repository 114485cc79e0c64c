package dev.kibi.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of the images as they lie on this machine: {@code java/} is the runtime, {@code
 * MODULE/target} the jars of a program, laid out as in the project so that {@code kibi up} can run
 * them.
 *
 * <p>An ahead-of-time cache remembers size and time of every file it was made from. So all files
 * here have the one time that they have in the image.
 */
final class Stage {
  /** The time of every file in an image: a constant, for digests that can be reproduced. */
  static final Instant FILE_TIME = Instant.ofEpochSecond(1);

  /**
   * What the programs need of the JDK. {@code jdeps} names java.desktop too, for bean introspection
   * in libraries that do without it.
   */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.sql",
          "java.xml",
          "jdk.httpserver",
          "jdk.jfr",
          "jdk.management",
          "jdk.net",
          "jdk.unsupported");

  private final Path root;

  Stage(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  Path runtime() {
    return root.resolve("java");
  }

  Path java() {
    return runtime().resolve("bin").resolve("java");
  }

  Path jar(Program program) {
    return programDirectory(program).resolve(program.jarName());
  }

  Path libraries(Program program) {
    return programDirectory(program).resolve("lib");
  }

  private Path programDirectory(Program program) {
    return root.resolve(program.module()).resolve("target");
  }

  /** Makes the stage anew from the built project. */
  void prepare(Path project) throws IOException, InterruptedException {
    delete(root);
    Files.createDirectories(root);
    Command.run(
        project,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
            "--add-modules",
            String.join(",", MODULES),
            "--strip-debug",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            runtime().toString()));
    for (Program program : Program.values()) {
      Path built = project.resolve(program.module()).resolve("target");
      copy(built.resolve(program.jarName()), jar(program));
      try (Stream<Path> jars = Files.list(built.resolve("lib"))) {
        for (Path jar : (Iterable<Path>) jars::iterator) {
          copy(jar, libraries(program).resolve(jar.getFileName()));
        }
      }
    }
    try (Stream<Path> files = Files.walk(root)) {
      files.forEach(Stage::stamp);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  static void stamp(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(FILE_TIME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
