package dev.kibi.node.command.server;

import dev.kibi.node.command.Call;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * INFO: chooses sections; bare INFO and {@code default} leave out those that grow with the number
 * of commands.
 */
final class Info {
  private static final Map<String, BiConsumer<Call, InfoText>> SECTIONS = sections();
  private static final Set<String> NOT_BY_DEFAULT = Set.of("commandstats", "latencystats");

  private Info() {}

  private static Map<String, BiConsumer<Call, InfoText>> sections() {
    Map<String, BiConsumer<Call, InfoText>> sections = new LinkedHashMap<>();
    sections.put("server", InfoServer::server);
    sections.put("clients", InfoServer::clients);
    sections.put("memory", InfoMemory::memory);
    sections.put("persistence", InfoServer::persistence);
    sections.put("stats", InfoStatistics::stats);
    sections.put("replication", InfoReplication::replication);
    sections.put("cpu", InfoMemory::cpu);
    sections.put("modules", (call, text) -> text.section("Modules"));
    sections.put("commandstats", InfoStatistics::commands);
    sections.put("errorstats", InfoStatistics::errors);
    sections.put("latencystats", InfoStatistics::latencies);
    sections.put("cluster", InfoServer::cluster);
    sections.put("keyspace", InfoServer::keyspace);
    return sections;
  }

  static void info(Call call) {
    Set<String> wanted = new LinkedHashSet<>();
    if (call.argc() == 1) {
      addAll(wanted, false);
    }
    for (int i = 1; i < call.argc(); i++) {
      String section = call.args().text(i).toLowerCase(Locale.ROOT);
      switch (section) {
        case "default" -> addAll(wanted, false);
        case "all", "everything" -> addAll(wanted, true);
        default -> wanted.add(section);
      }
    }
    InfoText text = new InfoText();
    SECTIONS.forEach((name, section) -> {
      if (wanted.contains(name)) {
        section.accept(call, text);
      }
    });
    call.reply().verbatim("txt", text.toString());
  }

  private static void addAll(Set<String> wanted, boolean everything) {
    List<String> names = List.copyOf(SECTIONS.keySet());
    names.stream()
        .filter(name -> everything || !NOT_BY_DEFAULT.contains(name))
        .forEach(wanted::add);
  }
}
