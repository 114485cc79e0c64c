package dev.kibi.node.command.cluster;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.protocol.slot.HashSlot;
import dev.kibi.protocol.slot.Slot;
import java.util.ArrayList;
import java.util.List;

/**
 * CLUSTER subcommands about keys and their hash slot. One of our slots holds 16 hash slots, so keys
 * are filtered.
 */
final class SlotKeys {
  private SlotKeys() {}

  static void slotOf(Call call) {
    call.reply()
        .integer(HashSlot.of(call.args().buffer(), call.args().offset(2), call.args().length(2)));
  }

  static void count(Call call) {
    long hashSlot = call.integer(2);
    if (hashSlot < 0 || hashSlot >= HashSlot.COUNT) {
      throw CommandError.of("ERR Invalid slot");
    }
    call.reply().integer(keys(call, (int) hashSlot, Integer.MAX_VALUE).size());
  }

  static void get(Call call) {
    long hashSlot = call.integer(2);
    long max = call.integer(3);
    if (hashSlot < 0 || hashSlot >= HashSlot.COUNT || max < 0) {
      throw CommandError.of("ERR Invalid slot or number of keys");
    }
    List<byte[]> keys = keys(call, (int) hashSlot, max);
    call.reply().array(keys.size());
    for (byte[] key : keys) {
      call.reply().bulk(key);
    }
  }

  private static List<byte[]> keys(Call call, int hashSlot, long max) {
    List<byte[]> keys = new ArrayList<>();
    call.keyspace()
        .keysOf(
            Slot.ofHashSlot(hashSlot),
            (name, kind) -> {
              byte[] key = name.toBytes();
              if (keys.size() < max && HashSlot.of(key) == hashSlot) {
                keys.add(key);
              }
            });
    return keys;
  }
}
