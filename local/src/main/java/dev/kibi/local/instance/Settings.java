package dev.kibi.local.instance;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where an instance lives: the project with the built programs, its state, its addresses. */
public record Settings(Path home, StateDirectory state, String network) {
  public static final int API_PORT = 6443;

  Path nodeJar() {
    return jar("node");
  }

  Path operatorJar() {
    return jar("operator");
  }

  private Path jar(String module) {
    return home.resolve(module).resolve("target").resolve("kibi-" + module + ".jar");
  }

  /** Fails with a sentence if a program has not been built. */
  public void checkPrograms() {
    for (Path jar : new Path[] {nodeJar(), operatorJar()}) {
      if (!Files.isReadable(jar)) {
        throw new UserException(jar + ": missing (expected: built by mvn package)");
      }
    }
  }
}
