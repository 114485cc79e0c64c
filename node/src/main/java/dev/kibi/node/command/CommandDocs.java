package dev.kibi.node.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What COMMAND DOCS tells about each command: one resource per group, {@code docs/string.txt}.
 *
 * <pre>
 * getex                                  the full name
 *   summary Get the value of a key …     any field of text
 *   history 6.2.0 Added …                since when, what
 *   arg expiration oneof flags=optional  name, type, attributes
 *     arg seconds integer token=EX       an argument of the argument above it
 * </pre>
 */
public final class CommandDocs {
  private static final String ARGUMENT = "arg ";
  private static final int INDENT = 2;

  /** One command's documentation: text fields in their order, changes, arguments. */
  public record Doc(Map<String, String> fields, List<Change> history, List<Argument> arguments) {}

  /** What changed in a version. */
  public record Change(String version, String text) {}

  /** One argument; {@code attributes} in their order, {@code flags} apart. */
  public record Argument(
      String name,
      String type,
      Map<String, String> attributes,
      List<String> flags,
      List<Argument> arguments) {}

  private final Map<String, Doc> docs = new HashMap<>();

  private CommandDocs() {}

  /** Reads the documentation of the groups that {@code table} has commands of. */
  public static CommandDocs of(CommandTable table) {
    CommandDocs all = new CommandDocs();
    table.commands().stream()
        .map(CommandSpec::group)
        .distinct()
        .forEach(group -> all.read("docs/" + group.name().toLowerCase(Locale.ROOT) + ".txt"));
    return all;
  }

  /** The documentation of a command, or null. */
  public @Nullable Doc of(CommandSpec spec) {
    return docs.get(spec.fullName());
  }

  private void read(String resource) {
    Doc doc = null;
    List<List<Argument>> open = new ArrayList<>();
    for (String line : HelpText.lines(resource)) {
      if (!line.startsWith(" ")) {
        doc = new Doc(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        docs.put(line, doc);
        open = new ArrayList<>(List.of(doc.arguments()));
      } else if (doc == null) {
        throw new IllegalStateException(
            resource + ": \"" + line + "\" (expected: a command's name first)");
      } else {
        String content = line.strip();
        if (content.startsWith(ARGUMENT)) {
          addArgument(open, line.indexOf(ARGUMENT) / INDENT, content.substring(ARGUMENT.length()));
        } else {
          addField(doc, content);
        }
      }
    }
  }

  private static void addField(Doc doc, String content) {
    int space = content.indexOf(' ');
    String name = content.substring(0, space);
    String text = content.substring(space + 1);
    if (name.equals("history")) {
      int end = text.indexOf(' ');
      doc.history().add(new Change(text.substring(0, end), text.substring(end + 1)));
    } else {
      doc.fields().put(name, text);
    }
  }

  /** {@code open} holds, for each depth, the list to which an argument of that depth belongs. */
  private static void addArgument(List<List<Argument>> open, int depth, String content) {
    String[] words = content.split(" ", -1);
    Map<String, String> attributes = new LinkedHashMap<>();
    List<String> flags = new ArrayList<>();
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      String name = words[i].substring(0, equals);
      String value = words[i].substring(equals + 1);
      if (name.equals("flags")) {
        flags.addAll(List.of(value.split(",", -1)));
      } else {
        attributes.put(name, value.equals("\"\"") ? "" : value);
      }
    }
    Argument argument = new Argument(words[0], words[1], attributes, flags, new ArrayList<>());
    while (open.size() > depth) {
      open.removeLast();
    }
    open.getLast().add(argument);
    open.add(argument.arguments());
  }
}
