package dev.kibi.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The C library, its dynamic linker and what else the runtime loads, from this machine. */
final class SharedLibraries {
  private static final Pattern PATH = Pattern.compile("(?:=> |^\\s*)(/\\S+) \\(0x");

  private SharedLibraries() {}

  /** Paths of all libraries that files under {@code runtime} load from outside it. */
  static SortedSet<Path> of(Path runtime) throws IOException, InterruptedException {
    List<Path> own;
    try (Stream<Path> files = Files.walk(runtime.resolve("lib"))) {
      own = files.filter(file -> file.toString().endsWith(".so")).sorted().toList();
    }
    List<String> command = new ArrayList<>(List.of("ldd", runtime.resolve("bin/java").toString()));
    own.forEach(file -> command.add(file.toString()));
    return parse(
        Command.run(runtime, command),
        runtime,
        own.stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
  }

  /**
   * The paths in the output of {@code ldd}, without those under {@code runtime}. The runtime's own
   * libraries find each other in ways of which {@code ldd} does not know.
   */
  static SortedSet<Path> parse(String output, Path runtime, Set<String> own) {
    SortedSet<Path> paths = new TreeSet<>();
    for (String line : output.lines().toList()) {
      if (line.endsWith("not found") && !own.contains(line.strip().split(" ", 2)[0])) {
        throw new BuildException("ldd: " + line.strip() + " (expected: every library installed)");
      }
      Matcher matcher = PATH.matcher(line);
      if (matcher.find() && !Path.of(matcher.group(1)).startsWith(runtime)) {
        paths.add(Path.of(matcher.group(1)));
      }
    }
    return paths;
  }
}
