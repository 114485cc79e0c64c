package dev.kibi.node.command.server;

import static dev.kibi.node.command.CommandSpec.arity;
import static dev.kibi.node.command.CommandSpec.arityAtLeast;
import static dev.kibi.node.command.CommandSpec.entry;
import static dev.kibi.node.command.CommandSpec.flags;
import static dev.kibi.node.command.Flag.ADMIN;
import static dev.kibi.node.command.Flag.LOADING;
import static dev.kibi.node.command.Flag.NOSCRIPT;
import static dev.kibi.node.command.Flag.STALE;
import static dev.kibi.node.command.Tip.REQUEST_ALL_NODES;
import static dev.kibi.node.command.Tip.RESPONSE_ALL_SUCCEEDED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.ConfigParameter;
import dev.kibi.node.command.Glob;
import dev.kibi.node.command.HelpText;
import dev.kibi.node.command.LiveConfig;
import dev.kibi.node.command.OperatorOnly;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * CONFIG: this node's live settings. What holds for the whole cluster is set in the CacheCluster.
 */
final class Configuration {
  private Configuration() {}

  static CommandSpec container() {
    return CommandSpec.container(
        "CONFIG",
        flags(),
        entry("GET", arityAtLeast(3), flags(ADMIN, NOSCRIPT, LOADING, STALE), Configuration::get),
        entry("HELP", arity(2), flags(LOADING, STALE), HelpText.of("config")),
        entry(
                "RESETSTAT",
                arity(2),
                flags(ADMIN, NOSCRIPT, LOADING, STALE),
                Configuration::resetStatistics)
            .tips(REQUEST_ALL_NODES, RESPONSE_ALL_SUCCEEDED),
        entry(
            "REWRITE",
            arity(2),
            flags(ADMIN, NOSCRIPT, LOADING, STALE),
            OperatorOnly.refuse("keeps the settings; change the CacheCluster")),
        entry("SET", arityAtLeast(4), flags(ADMIN, NOSCRIPT, LOADING, STALE), Configuration::set)
            .tips(REQUEST_ALL_NODES, RESPONSE_ALL_SUCCEEDED));
  }

  static void get(Call call) {
    LiveConfig config = call.node().config();
    SortedSet<String> matching = new TreeSet<>();
    for (int i = 2; i < call.argc(); i++) {
      Glob glob = Glob.ignoringCase(call.bytes(i));
      for (String name : config.names()) {
        if (glob.matches(name.getBytes(ISO_8859_1))) {
          matching.add(name);
        }
      }
    }
    call.reply().map(matching.size());
    for (String name : matching) {
      call.reply().bulk(name);
      call.reply().bulk(config.get(name));
    }
  }

  static void set(Call call) {
    if (call.argc() % 2 != 0) {
      throw CommandError.syntax();
    }
    // All or nothing: every value is read before any is stored.
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 2; i < call.argc(); i += 2) {
      ConfigParameter parameter = parameter(call, i);
      if (!parameter.mutable()) {
        throw failed(call.quoted(i), "can't set immutable config");
      }
      if (values.put(parameter.name(), "") != null) {
        throw failed(call.quoted(i), "duplicate parameter");
      }
    }
    for (int i = 2; i < call.argc(); i += 2) {
      ConfigParameter parameter = parameter(call, i);
      values.put(parameter.name(), read(parameter, call.args().text(i + 1)));
    }
    values.forEach(call.node().config()::set);
    call.reply().ok();
  }

  private static ConfigParameter parameter(Call call, int i) {
    String name = call.quoted(i);
    ConfigParameter parameter = call.node().config().parameter(name.toLowerCase(Locale.ROOT));
    if (parameter == null) {
      throw CommandError.of(
          "ERR Unknown option or number of arguments for CONFIG SET - '" + name + "'");
    }
    return parameter;
  }

  private static String read(ConfigParameter parameter, String text) {
    try {
      return parameter.reader().apply(text);
    } catch (IllegalArgumentException e) {
      throw failed(parameter.name(), String.valueOf(e.getMessage()));
    }
  }

  private static CommandError failed(String name, String reason) {
    return CommandError.of(
        "ERR CONFIG SET failed (possibly related to argument '" + name + "') - " + reason);
  }

  static void resetStatistics(Call call) {
    call.statistics().reset();
    call.keyspace().stats().reset();
    call.reply().ok();
  }
}
