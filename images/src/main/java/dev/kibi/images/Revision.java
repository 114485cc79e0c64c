package dev.kibi.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which commit is built, as far as it can be told. */
record Revision(Path project) {

  /** The commit, followed by {@code -dirty} where files differ from it. */
  String label() throws IOException, InterruptedException {
    if (!Files.exists(project.resolve(".git"))) {
      return "unknown";
    }
    String commit = git("rev-parse", "HEAD").strip();
    return git("status", "--porcelain").isBlank() ? commit : commit + "-dirty";
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return Command.run(project, command);
  }
}
