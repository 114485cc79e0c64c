package dev.kibi.node.command;

import dev.kibi.node.command.CommandDocs.Argument;
import dev.kibi.node.command.CommandDocs.Doc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The table of commands for users, as Markdown: what the command table and its docs say. */
final class CommandList {
  private static final String HEAD =
      """
      # Commands

      Every command of this release with all its options, by family. Arguments and replies are those of Redis 7.0.15: the tests compare them
      with that server. `COMMAND DOCS` tells the same to a client. A command that is not here gets `ERR unknown command`.

      What differs: `CLIENT TRACKING ON` is refused, since there is no client-side caching yet. A request has at most 1,048,576 arguments, and the
      count of `HRANDFIELD` goes down to -4,194,304.

      This file is made from the command table; `CommandListTest` says how it is written anew.
      """;

  private final CommandTable table;
  private final CommandDocs docs;

  CommandList(CommandTable table) {
    this.table = table;
    this.docs = CommandDocs.of(table);
  }

  String markdown() {
    StringBuilder text = new StringBuilder(HEAD);
    Map<CommandGroup, List<CommandSpec>> families = new LinkedHashMap<>();
    for (CommandSpec spec : table.all()) {
      if (spec.handler() != null) {
        families.computeIfAbsent(spec.group(), group -> new ArrayList<>()).add(spec);
      }
    }
    families.forEach((group, specs) -> {
      List<CommandSpec> answered = specs.stream().filter(spec -> !isRefused(spec)).toList();
      text.append("\n## ").append(title(group)).append("\n\n");
      text.append("| command | what it does | since |\n| --- | --- | --- |\n");
      answered.forEach(spec -> text.append(row(spec)));
    });
    text.append("\n## Left to the operator\n\n");
    text.append("Known, and refused with a sentence that says what to do instead: ");
    text.append(
        table.all().stream()
            .filter(CommandList::isRefused)
            .map(spec -> code(spec.fullName().replace('|', ' ').toUpperCase(Locale.ROOT)))
            .collect(Collectors.joining(", ")));
    return text.append(".\n").toString();
  }

  private static boolean isRefused(CommandSpec spec) {
    return spec.handler() instanceof OperatorOnly;
  }

  private static String title(CommandGroup group) {
    return group.text().substring(0, 1).toUpperCase(Locale.ROOT) + group.text().substring(1);
  }

  private String row(CommandSpec spec) {
    Doc doc = Objects.requireNonNull(docs.of(spec), spec::fullName);
    String usage =
        spec.fullName().replace('|', ' ').toUpperCase(Locale.ROOT) + usage(doc.arguments());
    return "| %s | %s | %s |\n"
        .formatted(
            code(usage),
            doc.fields().get("summary").replaceFirst("\\.$", ""),
            doc.fields().get("since"));
  }

  /** A bar ends a cell of a table, also between backquotes, unless it is escaped. */
  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }

  private static String usage(List<Argument> arguments) {
    return arguments.stream().map(argument -> " " + usage(argument)).collect(Collectors.joining());
  }

  /** As in the manual of Redis: {@code [EX seconds | PX milliseconds]}, {@code key [key ...]}. */
  private static String usage(Argument argument) {
    String value =
        switch (argument.type()) {
          case "pure-token" -> "";
          case "oneof" -> choice(argument);
          case "block" -> usage(argument.arguments()).strip();
          default -> argument.name();
        };
    String token = argument.attributes().get("token");
    String named = token == null ? value : (quoted(token) + " " + value).strip();
    if (argument.flags().contains("multiple")) {
      named += " [" + (argument.flags().contains("multiple_token") ? named : value) + " ...]";
    }
    return argument.flags().contains("optional") ? "[" + named + "]" : named;
  }

  /** In brackets of its own where nothing else encloses it. */
  private static String choice(Argument argument) {
    String choices =
        argument.arguments().stream().map(CommandList::usage).collect(Collectors.joining(" | "));
    boolean enclosed =
        argument.flags().contains("optional")
            && !argument.flags().contains("multiple")
            && !argument.attributes().containsKey("token");
    return enclosed ? choices : "<" + choices + ">";
  }

  private static String quoted(String token) {
    return token.isEmpty() ? "\"\"" : token;
  }
}
