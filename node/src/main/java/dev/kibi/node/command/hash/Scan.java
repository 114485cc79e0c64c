package dev.kibi.node.command.hash;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.ScanArguments;
import dev.kibi.node.resp.RespWriter;
import dev.kibi.node.store.HashValue;
import java.util.ArrayList;
import java.util.List;

/** HSCAN. */
final class Scan {

  private Scan() {}

  static void hscan(Call call) {
    long cursor = ScanArguments.cursor(call, 2);
    HashValue hash = Reads.hash(call);
    RespWriter reply = call.reply();
    if (hash == null) {
      reply.array(2);
      reply.bulk("0");
      reply.array(0);
      return;
    }
    ScanArguments asked = ScanArguments.parse(call, cursor, 3, false);
    int count = (int) Math.min(Integer.MAX_VALUE, asked.count());
    List<byte[]> shown = new ArrayList<>();
    long next =
        hash.scan(
            asked.cursor(),
            count,
            (name, value) -> {
              byte[] bytes = name.toBytes();
              if (asked.matches(bytes)) {
                shown.add(bytes);
                shown.add(value.toBytes());
              }
            });
    reply.array(2);
    reply.bulk(next);
    reply.array(shown.size());
    shown.forEach(reply::bulk);
  }
}
