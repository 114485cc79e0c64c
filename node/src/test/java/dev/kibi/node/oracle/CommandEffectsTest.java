package dev.kibi.node.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.node.command.CommandGroup;
import dev.kibi.node.store.EffectApplier;
import dev.kibi.node.store.EffectLog;
import dev.kibi.node.store.SlotStore;
import java.io.ByteArrayOutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What commands did on a master is done by their effects on a copy: the copy then answers the same.
 */
final class CommandEffectsTest {

  private static final Set<CommandGroup> GROUPS =
      EnumSet.of(CommandGroup.STRING, CommandGroup.HASH, CommandGroup.GENERIC);
  private static final List<String> KEYS = List.of("{t}a", "{t}b", "{t}c", "{t}d", "{u}a", "{u}b");

  /** Collects the log, and hands it out once. */
  private static final class Collected implements EffectLog {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long end;

    @Override
    public void append(int slot, byte[] buffer, int offset, int length) {
      bytes.write(buffer, offset, length);
      end += length;
    }

    @Override
    public long end() {
      return end;
    }

    byte[] take() {
      byte[] taken = bytes.toByteArray();
      bytes.reset();
      return taken;
    }
  }

  @Test
  void aCopyThatAppliesTheEffectsAnswersLikeItsMaster() {
    long seed = Long.getLong("kibi.seed", System.nanoTime());
    System.out.println("command effects: -Dkibi.seed=" + seed);
    Collected log = new Collected();
    InProcessNode master = new InProcessNode(new SlotStore(1), log);
    SlotStore copiedStore = new SlotStore(2);
    InProcessNode copy = new InProcessNode(copiedStore, new Collected());
    CommandGenerator generator =
        new CommandGenerator(
            master.table(),
            master.table().all().stream()
                .filter(spec -> GROUPS.contains(spec.group()) && spec.handler() != null)
                .filter(spec -> !spec.fullName().equals("wait"))
                .toList(),
            Map.of(
                "key",
                KEYS,
                "milliseconds",
                List.of("1", "5", "5000000"),
                "seconds",
                List.of("0", "4000")),
            new SplittableRandom(seed));
    EffectApplier applier = new EffectApplier();
    for (int i = 0; i < 20_000; i++) {
      master.run(Requests.encode(generator.next()));
      if (i % 40 == 0) {
        byte[] effects = log.take();
        assertThat(applier.apply(effects, 0, effects.length, copiedStore))
            .isEqualTo(effects.length);
        answersAlike(master, copy);
      }
    }
    assertThat(log.end()).isPositive();
  }

  private static void answersAlike(InProcessNode master, InProcessNode copy) {
    for (String key : KEYS) {
      for (String question : List.of("TYPE", "GET", "HGETALL", "PEXPIRETIME")) {
        Reply ours = answer(master, question, key);
        Reply copied = answer(copy, question, key);
        if (!Comparison.UNORDERED.alike(ours, copied)) {
          // A key may expire between the two answers, and is then gone on both sides.
          assertThat(answer(copy, question, key)).isEqualTo(answer(master, question, key));
        }
      }
    }
  }

  private static Reply answer(InProcessNode node, String question, String key) {
    return Reply.readAll(node.run(Requests.encode(question, key))).getFirst();
  }
}
