package dev.kibi.node.command.server;

import static dev.kibi.node.command.AclCategory.CONNECTION;
import static dev.kibi.node.command.CommandSpec.arity;
import static dev.kibi.node.command.CommandSpec.arityAtLeast;
import static dev.kibi.node.command.CommandSpec.entry;
import static dev.kibi.node.command.CommandSpec.flags;
import static dev.kibi.node.command.Flag.LOADING;
import static dev.kibi.node.command.Flag.STALE;
import static dev.kibi.node.command.Tip.NONDETERMINISTIC_OUTPUT_ORDER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kibi.node.command.AclCategory;
import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.Glob;
import dev.kibi.node.command.HelpText;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** COMMAND: the command table, told to clients. */
final class CommandIntrospection {
  private CommandIntrospection() {}

  static CommandSpec container() {
    return entry("COMMAND", arityAtLeast(1), flags(LOADING, STALE), CommandReply::all)
        .tips(NONDETERMINISTIC_OUTPUT_ORDER)
        .acl(CONNECTION)
        .with(
            entry("COUNT", arity(2), flags(LOADING, STALE), CommandIntrospection::count)
                .acl(CONNECTION),
            entry("DOCS", arityAtLeast(2), flags(LOADING, STALE), DocsReply::docs)
                .tips(NONDETERMINISTIC_OUTPUT_ORDER)
                .acl(CONNECTION),
            entry("GETKEYS", arityAtLeast(4), flags(LOADING, STALE), KeysReply::keys)
                .acl(CONNECTION),
            entry(
                    "GETKEYSANDFLAGS",
                    arityAtLeast(4),
                    flags(LOADING, STALE),
                    KeysReply::keysAndFlags)
                .acl(CONNECTION),
            entry("HELP", arity(2), flags(LOADING, STALE), HelpText.of("command")).acl(CONNECTION),
            entry("INFO", arityAtLeast(2), flags(LOADING, STALE), CommandReply::named)
                .tips(NONDETERMINISTIC_OUTPUT_ORDER)
                .acl(CONNECTION),
            entry("LIST", arityAtLeast(2), flags(LOADING, STALE), CommandIntrospection::list)
                .tips(NONDETERMINISTIC_OUTPUT_ORDER)
                .acl(CONNECTION));
  }

  static void count(Call call) {
    call.reply().integer(call.table().commands().size());
  }

  static void list(Call call) {
    Predicate<CommandSpec> filter = spec -> true;
    if (call.argc() == 5 && call.is(2, "FILTERBY")) {
      filter = filter(call);
    } else if (call.argc() != 2) {
      throw CommandError.syntax();
    }
    List<CommandSpec> chosen = call.table().all().stream().filter(filter).toList();
    call.reply().array(chosen.size());
    for (CommandSpec spec : chosen) {
      call.reply().bulk(spec.fullName());
    }
  }

  private static Predicate<CommandSpec> filter(Call call) {
    if (call.is(3, "PATTERN")) {
      Glob glob = Glob.ignoringCase(call.bytes(4));
      return spec -> glob.matches(spec.fullName().getBytes(ISO_8859_1));
    }
    if (call.is(3, "ACLCAT")) {
      String category = "@" + call.args().text(4).toLowerCase(Locale.ROOT);
      return spec -> spec.categories().stream().map(AclCategory::text).anyMatch(category::equals);
    }
    if (call.is(3, "MODULE")) {
      return spec -> false;
    }
    throw CommandError.syntax();
  }
}
