package dev.kibi.e2e.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kibi.node.store.EffectLog;
import dev.kibi.node.store.Key;
import dev.kibi.node.store.Keyspace;
import dev.kibi.node.store.SlotDump;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.slot.Slot;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Records of effects: what each kind of change logs, and the image of a slot with all of it. */
final class SampleEffects {

  private static final long NOW = 1_000_000;
  private static final byte[] KEY = "key{tag}".getBytes(UTF_8);

  private final SlotStore store = new SlotStore(1);
  private final Log log = new Log();
  private final Keyspace keyspace = new Keyspace(store, log, new SplittableRandom(1));

  private SampleEffects() {}

  static List<byte[]> all() {
    return new SampleEffects().records();
  }

  private List<byte[]> records() {
    command("key{tag}", key -> keyspace.put(key, KEY, 0, KEY.length, Keyspace.NO_EXPIRY));
    command("key{tag}", key -> keyspace.splice(key, 5, KEY, 0, 3));
    command("key{tag}", key -> keyspace.expireAt(key, NOW + 1000));
    command("number{tag}", key -> keyspace.put(key, "12".getBytes(UTF_8), 0, 2, NOW + 5));
    command("hash{tag}", this::putFields);
    command("hash{tag}", key -> keyspace.removeField(key, KEY, 0, 3));
    command("key{tag}", keyspace::delete);
    command("key{tag}", key -> keyspace.put(key, KEY, 0, KEY.length, Keyspace.NO_EXPIRY));
    int slot = Slot.ofKey(KEY, 0, KEY.length);
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    SlotDump dump = store.dump(slot);
    while (dump.next((s, buffer, offset, length) -> image.write(buffer, offset, length), 1 << 16)) {
      // until the end
    }
    log.records.add(image.toByteArray());
    keyspace.clear(slot);
    return List.copyOf(log.records);
  }

  private void putFields(Key key) {
    for (int length = 1; length <= KEY.length; length++) {
      keyspace.putField(key, KEY, 0, length, KEY, 0, KEY.length - length);
    }
  }

  private void command(String name, Consumer<Key> change) {
    byte[] bytes = name.getBytes(UTF_8);
    keyspace.begin(NOW);
    change.accept(keyspace.key(bytes, 0, bytes.length));
    keyspace.commit();
  }

  /** Keeps each record. */
  private static final class Log implements EffectLog {
    private final List<byte[]> records = new ArrayList<>();
    private long end;

    @Override
    public void append(int slot, byte[] buffer, int offset, int length) {
      byte[] copy = new byte[length];
      System.arraycopy(buffer, offset, copy, 0, length);
      records.add(copy);
      end += length;
    }

    @Override
    public long end() {
      return end;
    }
  }
}
