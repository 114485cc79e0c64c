package dev.kibi.node.command.generic;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.Glob;
import dev.kibi.node.command.ScanArguments;
import dev.kibi.node.resp.RespWriter;
import dev.kibi.node.store.ValueKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands that go through the keys of this node. */
final class Scan {

  private Scan() {}

  static void scan(Call call) {
    ScanArguments asked = ScanArguments.parse(call, ScanArguments.cursor(call, 1), 2, true);
    List<byte[]> shown = new ArrayList<>();
    long next =
        call.keyspace()
            .scan(
                asked.cursor(),
                asked.count(),
                (name, kind) -> {
                  byte[] bytes = name.toBytes();
                  if (isOfType(kind, asked.typeName()) && asked.matches(bytes)) {
                    shown.add(bytes);
                  }
                });
    call.reply().array(2);
    call.reply().bulk(next);
    replyAll(call.reply(), shown);
  }

  static void keys(Call call) {
    Glob pattern = Glob.of(call.bytes(1));
    List<byte[]> shown = new ArrayList<>();
    call.keyspace()
        .scan(
            0,
            Long.MAX_VALUE,
            (name, kind) -> {
              byte[] bytes = name.toBytes();
              if (pattern.matchesAll() || pattern.matches(bytes)) {
                shown.add(bytes);
              }
            });
    replyAll(call.reply(), shown);
  }

  static void randomKey(Call call) {
    byte[] name = call.keyspace().randomKey();
    if (name == null) {
      call.reply().nil();
    } else {
      call.reply().bulk(name);
    }
  }

  private static boolean isOfType(ValueKind kind, @Nullable String typeName) {
    return typeName == null || kind.typeName().equalsIgnoreCase(typeName);
  }

  private static void replyAll(RespWriter reply, List<byte[]> names) {
    reply.array(names.size());
    names.forEach(reply::bulk);
  }
}
