package dev.kibi.node.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kibi.protocol.slot.Slot;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store with its keyspace and log, spoken to in strings. */
final class TestKeyspace {

  final SlotStore store;
  final MemoryLog log = new MemoryLog();
  final Keyspace keys;
  long now = 1_000_000;

  TestKeyspace(long seed) {
    store = new SlotStore(seed);
    keys = new Keyspace(store, log, new SplittableRandom(seed));
    keys.begin(now);
  }

  /** Ends the command that runs and begins one at another time. */
  void at(long nowMs) {
    keys.commit();
    now = nowMs;
    keys.begin(nowMs);
  }

  void commit() {
    at(now);
  }

  Key key(String name) {
    return keys.key(bytes(name), 0, name.length());
  }

  Key otherKey(String name) {
    return keys.otherKey(bytes(name), 0, name.length());
  }

  void set(String name, String value, long expireAtMs) {
    keys.put(key(name), bytes(value), 0, value.length(), expireAtMs);
  }

  void set(String name, String value) {
    set(name, value, Keyspace.NO_EXPIRY);
  }

  @Nullable String get(String name) {
    ByteView view = keys.string(key(name));
    return view == null ? null : text(view);
  }

  void splice(String name, int position, String value) {
    keys.splice(key(name), position, bytes(value), 0, value.length());
  }

  boolean hset(String name, String field, String value) {
    return keys.putField(
        key(name), bytes(field), 0, field.length(), bytes(value), 0, value.length());
  }

  boolean hdel(String name, String field) {
    return keys.removeField(key(name), bytes(field), 0, field.length());
  }

  boolean delete(String name) {
    return keys.delete(key(name));
  }

  String encoding(String name) {
    KeyFacts facts = keys.facts(key(name));
    return facts == null ? "none" : facts.encoding();
  }

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static String text(ByteView view) {
    return new String(view.toBytes(), ISO_8859_1);
  }

  static int slotOf(String name) {
    return Slot.ofKey(bytes(name), 0, name.length());
  }

  /** Everything a store holds, by key: values with their fields, and expiries. */
  static Map<String, String> contents(SlotStore store) {
    Map<String, String> contents = new TreeMap<>();
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      contents.putAll(contents(store, slot));
    }
    return contents;
  }

  static Map<String, String> contents(SlotStore store, int slot) {
    Map<String, String> contents = new TreeMap<>();
    store
        .table(slot)
        .entries
        .walk(
            0,
            Integer.MAX_VALUE,
            entry ->
                contents.put(
                    new String(entry.key, ISO_8859_1),
                    describe(entry.value) + " @" + entry.expireAtMs));
    return contents;
  }

  private static String describe(Value value) {
    return switch (value) {
      case StringData string -> string.form() + " " + text(string);
      case HashData hash -> {
        Map<String, String> fields = new TreeMap<>();
        hash.forEach((name, content) -> fields.put(text(name), text(content)));
        yield fields.toString();
      }
    };
  }
}
