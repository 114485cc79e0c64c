package dev.kibi.node.command.generic;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.rdb.DumpPayload;
import dev.kibi.node.rdb.RdbFormatException;
import dev.kibi.node.rdb.RdbValue;
import dev.kibi.node.store.ByteView;
import dev.kibi.node.store.HashValue;
import dev.kibi.node.store.Key;
import dev.kibi.node.store.Keyspace;
import dev.kibi.node.store.ValueKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DUMP and RESTORE. */
final class Dump {

  private static final int UNSET = -1;
  private static final int MOST_FREQUENT = 255;

  private Dump() {}

  static void dump(Call call) {
    RdbValue value = value(call.keyspace(), call.key(1));
    if (value == null) {
      call.reply().nil();
    } else {
      call.reply().bulk(DumpPayload.of(value));
    }
  }

  private static @Nullable RdbValue value(Keyspace keyspace, Key key) {
    ValueKind kind = keyspace.kind(key);
    if (kind == null) {
      return null;
    }
    return switch (kind) {
      case STRING -> text(keyspace.string(key));
      case HASH -> hash(keyspace.hash(key));
    };
  }

  private static @Nullable RdbValue text(@Nullable ByteView string) {
    return string == null ? null : new RdbValue.Text(string.toBytes());
  }

  private static @Nullable RdbValue hash(@Nullable HashValue hash) {
    if (hash == null) {
      return null;
    }
    List<byte[]> all = new ArrayList<>(2 * hash.size());
    hash.forEach((name, value) -> {
      all.add(name.toBytes());
      all.add(value.toBytes());
    });
    return new RdbValue.Hash(all, hash.isPacked());
  }

  /** What stands behind the payload. */
  private record Options(boolean replace, boolean absoluteTtl, long idleSeconds, long frequency) {}

  static void restore(Call call) {
    Options options = options(call);
    Keyspace keyspace = call.keyspace();
    Key key = call.key(1);
    if (!options.replace() && keyspace.has(key)) {
      throw CommandError.of("BUSYKEY Target key name already exists.");
    }
    long ttlMs = call.integer(2);
    if (ttlMs < 0) {
      throw CommandError.of("ERR Invalid TTL value, must be >= 0");
    }
    RdbValue value = payload(call.bytes(3));
    keyspace.delete(key);
    // A sum beyond the range wraps to the past, as in Redis: the key is gone at once.
    long expireAtMs = ttlMs == 0 || options.absoluteTtl() ? ttlMs : ttlMs + call.now();
    if (ttlMs == 0 || expireAtMs > call.now()) {
      put(keyspace, key, value, ttlMs == 0 ? Keyspace.NO_EXPIRY : expireAtMs);
      if (options.idleSeconds() != UNSET) {
        keyspace.idle(key, options.idleSeconds());
      }
      if (options.frequency() != UNSET) {
        keyspace.frequency(key, (int) options.frequency());
      }
    }
    call.reply().ok();
  }

  private static RdbValue payload(byte[] bytes) {
    if (!DumpPayload.isIntact(bytes)) {
      throw CommandError.of("ERR DUMP payload version or checksum are wrong");
    }
    try {
      return DumpPayload.value(bytes);
    } catch (RdbFormatException e) {
      // Redis does not tell a client what was wrong either.
      throw CommandError.of("ERR Bad data format");
    }
  }

  private static void put(Keyspace keyspace, Key key, RdbValue value, long expireAtMs) {
    switch (value) {
      case RdbValue.Text text ->
          keyspace.put(key, text.bytes(), 0, text.bytes().length, expireAtMs);
      case RdbValue.Hash hash -> {
        List<byte[]> all = hash.namesAndValues();
        for (int i = 0; i < all.size(); i += 2) {
          byte[] name = all.get(i);
          byte[] content = all.get(i + 1);
          keyspace.putField(key, name, 0, name.length, content, 0, content.length);
        }
        keyspace.expireAt(key, expireAtMs);
      }
    }
  }

  private static Options options(Call call) {
    boolean replace = false;
    boolean absoluteTtl = false;
    long idleSeconds = UNSET;
    long frequency = UNSET;
    for (int i = 4; i < call.argc(); i++) {
      boolean hasValue = i + 1 < call.argc();
      if (call.is(i, "REPLACE")) {
        replace = true;
      } else if (call.is(i, "ABSTTL")) {
        absoluteTtl = true;
      } else if (hasValue && call.is(i, "IDLETIME") && frequency == UNSET) {
        idleSeconds = call.integer(++i);
        if (idleSeconds < 0) {
          throw CommandError.of("ERR Invalid IDLETIME value, must be >= 0");
        }
      } else if (hasValue && call.is(i, "FREQ") && idleSeconds == UNSET) {
        frequency = call.integer(++i);
        if (frequency < 0 || frequency > MOST_FREQUENT) {
          throw CommandError.of("ERR Invalid FREQ value, must be >= 0 and <= 255");
        }
      } else {
        throw CommandError.syntax();
      }
    }
    return new Options(replace, absoluteTtl, idleSeconds, frequency);
  }
}
