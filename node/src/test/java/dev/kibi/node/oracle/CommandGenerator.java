package dev.kibi.node.oracle;

import dev.kibi.node.command.CommandDocs;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.CommandTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Random commands, derived from the command table and its documentation: each argument's type draws
 * from a small pool of values, so that commands meet each other's keys, fields and numbers.
 *
 * <p>About one command in eight is spoilt on purpose: an argument too few or too many, or nonsense
 * in the place of one. A family can give pools of its own for arguments by {@code command.argument}
 * or by the argument's name alone.
 */
final class CommandGenerator {
  private static final int SPOILT_ONE_IN = 8;
  private static final int REPEATED_MAX = 3;

  private final CommandDocs docs;
  private final List<CommandSpec> commands;
  private final Map<String, List<String>> pools;
  private final SplittableRandom random;

  /** Commands out of {@code commands} with arguments out of {@code pools} (and the usual ones). */
  CommandGenerator(
      CommandTable table,
      List<CommandSpec> commands,
      Map<String, List<String>> pools,
      SplittableRandom random) {
    this.docs = CommandDocs.of(table);
    this.commands = List.copyOf(commands);
    this.pools = Map.copyOf(pools);
    this.random = random;
  }

  List<String> next() {
    CommandSpec spec = commands.get(random.nextInt(commands.size()));
    List<String> command = new ArrayList<>();
    for (String word : spec.fullName().split("\\|", -1)) {
      command.add(random.nextBoolean() ? word : word.toUpperCase(Locale.ROOT));
    }
    int nameWords = command.size();
    CommandDocs.Doc doc = Objects.requireNonNull(docs.of(spec), spec::fullName);
    doc.arguments().forEach(argument -> add(spec, argument, command));
    if (random.nextInt(SPOILT_ONE_IN) == 0) {
      spoil(command, nameWords);
    }
    return command;
  }

  private void add(CommandSpec spec, CommandDocs.Argument argument, List<String> command) {
    if (argument.flags().contains("optional") && random.nextBoolean()) {
      return;
    }
    int times = argument.flags().contains("multiple") ? 1 + random.nextInt(REPEATED_MAX) : 1;
    for (int i = 0; i < times; i++) {
      String token = argument.attributes().get("token");
      if (token != null && (i == 0 || argument.flags().contains("multiple_token"))) {
        command.add(random.nextInt(4) == 0 ? token.toLowerCase(Locale.ROOT) : token);
      }
      addValue(spec, argument, command);
    }
  }

  private void addValue(CommandSpec spec, CommandDocs.Argument argument, List<String> command) {
    switch (argument.type()) {
      case "pure-token" -> {
        // The token is all there is.
      }
      case "oneof" ->
          add(spec, argument.arguments().get(random.nextInt(argument.arguments().size())), command);
      case "block" -> argument.arguments().forEach(part -> add(spec, part, command));
      default -> command.add(pick(pool(spec, argument)));
    }
  }

  private List<String> pool(CommandSpec spec, CommandDocs.Argument argument) {
    List<String> own = pools.get(spec.fullName() + "." + argument.name());
    if (own == null) {
      own = pools.get(argument.name());
    }
    return own == null ? Pools.ofType(argument.type()) : own;
  }

  private void spoil(List<String> command, int nameWords) {
    switch (random.nextInt(3)) {
      case 0 -> command.add(pick(Pools.NONSENSE));
      case 1 -> {
        if (command.size() > nameWords) {
          command.removeLast();
        }
      }
      default -> {
        if (command.size() > nameWords) {
          command.set(nameWords + random.nextInt(command.size() - nameWords), pick(Pools.NONSENSE));
        }
      }
    }
  }

  private String pick(List<String> pool) {
    return pool.get(random.nextInt(pool.size()));
  }
}
