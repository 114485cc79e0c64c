package dev.kibi.node.command.server;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandDocs;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.resp.RespWriter;
import java.util.ArrayList;
import java.util.List;

/** COMMAND DOCS, in the shape of Redis 7.0. */
final class DocsReply {
  private static final String DOC_FLAGS = "doc_flags";

  private final RespWriter reply;
  private final CommandDocs docs;

  private DocsReply(RespWriter reply, CommandDocs docs) {
    this.reply = reply;
    this.docs = docs;
  }

  static void docs(Call call) {
    List<CommandSpec> commands = new ArrayList<>();
    if (call.argc() == 2) {
      commands.addAll(call.table().commands());
    }
    for (int i = 2; i < call.argc(); i++) {
      CommandSpec spec = call.table().named(call.args().text(i));
      if (spec != null) {
        commands.add(spec);
      }
    }
    // People and redis-cli ask this once; the texts are read for each such question and not kept.
    new DocsReply(call.reply(), CommandDocs.of(call.table())).write(commands);
  }

  private void write(List<CommandSpec> commands) {
    reply.map(commands.size());
    for (CommandSpec spec : commands) {
      reply.bulk(spec.fullName());
      write(spec);
    }
  }

  private void write(CommandSpec spec) {
    CommandDocs.Doc doc = docs.of(spec);
    if (doc == null) {
      throw new IllegalStateException(
          "documentation: of " + spec + " missing (expected: in docs/)");
    }
    int fields = doc.fields().size() + 1;
    fields += doc.history().isEmpty() ? 0 : 1;
    fields += doc.arguments().isEmpty() ? 0 : 1;
    fields += spec.subcommands().isEmpty() ? 0 : 1;
    reply.map(fields);
    doc.fields().forEach((name, text) -> field(spec, name, text));
    history(doc.history());
    arguments(doc.arguments());
    if (!spec.subcommands().isEmpty()) {
      reply.bulk("subcommands");
      write(spec.subcommands());
    }
  }

  private void field(CommandSpec spec, String name, String text) {
    reply.bulk(name);
    if (name.equals(DOC_FLAGS)) {
      flags(List.of(text.split(",", -1)));
    } else {
      reply.bulk(text);
    }
    if (name.equals("since")) {
      reply.bulk("group");
      reply.bulk(spec.group().text());
    }
  }

  private void history(List<CommandDocs.Change> history) {
    if (history.isEmpty()) {
      return;
    }
    reply.bulk("history");
    reply.set(history.size());
    for (CommandDocs.Change change : history) {
      reply.array(2);
      reply.bulk(change.version());
      reply.bulk(change.text());
    }
  }

  private void arguments(List<CommandDocs.Argument> arguments) {
    if (arguments.isEmpty()) {
      return;
    }
    reply.bulk("arguments");
    reply.array(arguments.size());
    for (CommandDocs.Argument argument : arguments) {
      int fields = 2 + argument.attributes().size();
      fields += argument.flags().isEmpty() ? 0 : 1;
      fields += argument.arguments().isEmpty() ? 0 : 1;
      reply.map(fields);
      reply.bulk("name");
      reply.bulk(argument.name());
      reply.bulk("type");
      reply.bulk(argument.type());
      argument.attributes().forEach(this::attribute);
      if (!argument.flags().isEmpty()) {
        reply.bulk("flags");
        flags(argument.flags());
      }
      arguments(argument.arguments());
    }
  }

  private void attribute(String name, String value) {
    if (name.equals("spec")) {
      reply.bulk("key_spec_index");
      reply.integer(Long.parseLong(value));
    } else {
      reply.bulk(name);
      reply.bulk(value);
    }
  }

  private void flags(List<String> flags) {
    reply.set(flags.size());
    flags.forEach(reply::simple);
  }
}
