package dev.kibi.e2e.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The program with one rule left out: its sources with some words replaced. Nothing in the program
 * itself knows of it, so the switch can be reached by tests only and costs nothing.
 *
 * @param rule the rule's name, as in protocol.md where it has one there
 * @param seeds seeds that are known to break a law without the rule
 * @param edits what is replaced; each text stands exactly once in its file
 */
record Mutant(String rule, List<Long> seeds, List<Edit> edits) {

  private static final String SOURCES = "src/main/java/dev/kibi/";

  /** Where the modules are; tests run in one of them. */
  private static final Path HOME = Path.of(System.getProperty("kibi.home", ".."));

  /** One replacement in the source of one class, named {@code module:package/Class}. */
  record Edit(String where, String from, String to) {

    String module() {
      return where.substring(0, where.indexOf(':'));
    }

    String className() {
      return "dev.kibi." + where.replace(':', '.').replace('/', '.');
    }

    private Path file() {
      String name = where.substring(where.indexOf(':') + 1);
      return HOME.resolve(module()).resolve(SOURCES + module() + "/" + name + ".java");
    }
  }

  static Mutant of(String rule, String where, String from, String to) {
    return new Mutant(rule, List.of(), List.of(new Edit(where, from, to)));
  }

  /** Leaves out something more: either alone is enough to keep the rule. */
  Mutant and(String where, String from, String to) {
    List<Edit> more = new ArrayList<>(edits);
    more.add(new Edit(where, from, to));
    return new Mutant(rule, seeds, more);
  }

  /** The same with the seeds that are known to find it. */
  Mutant foundBy(long... found) {
    return new Mutant(rule, LongStream.of(found).boxed().toList(), edits);
  }

  /** The changed sources, by class name. */
  Map<String, String> sources() {
    Map<String, String> sources = new LinkedHashMap<>();
    for (Edit edit : edits) {
      String text = sources.getOrDefault(edit.className(), read(edit.file()));
      int at = text.indexOf(edit.from);
      if (at < 0 || text.indexOf(edit.from, at + 1) >= 0) {
        throw new IllegalStateException(
            "mutant "
                + rule
                + ": the text <"
                + edit.from
                + "> of "
                + edit.file()
                + " is not there exactly once any more (expected: it is; see Mutants)");
      }
      sources.put(edit.className(), text.replace(edit.from, edit.to));
    }
    return sources;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return rule;
  }
}
