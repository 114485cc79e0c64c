package dev.kibi.node.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Garbage of every kind, with its seed printed: give it as {@code -Dkibi.seed=…} to see the same
 * again.
 */
final class RespReaderFuzzTest {
  private static final int ROUNDS = 20_000;
  private static final String[] PIECES = {
    "*",
    "$",
    "\r\n",
    "\r",
    "\n",
    "1",
    "3",
    "-1",
    "0",
    "PING",
    "*1\r\n$4\r\nPING\r\n",
    "\"",
    "'",
    "\\x4",
    " ",
    "\0",
    "$3\r\nabc\r\n",
    "*3\r\n",
    "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n",
    "999999999999",
    "\u00ff",
    "+OK"
  };

  @Test
  void garbageIsRefusedOrReadButNeverBreaksTheReader() {
    long seed = Long.getLong("kibi.seed", System.nanoTime());
    System.out.println("reader fuzz: -Dkibi.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    int commands = 0;
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] garbage = garbage(random);
      List<String> whole = read(garbage, garbage.length);
      List<String> cut = read(garbage, 1 + random.nextInt(4));
      assertThat(cut).as("seed %d, round %d: cut or whole", seed, round).isEqualTo(whole);
      boolean ended = !whole.isEmpty() && whole.getLast().startsWith("!");
      refused += ended ? 1 : 0;
      commands += whole.size() - (ended ? 1 : 0);
    }
    assertThat(commands).as("commands found in garbage").isGreaterThan(ROUNDS / 10);
    assertThat(refused).as("garbage refused").isGreaterThan(ROUNDS / 10);
  }

  private static byte[] garbage(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int pieces = 1 + random.nextInt(12);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  /** The commands, and at the end {@code !message} when the input was refused. */
  private static List<String> read(byte[] bytes, int step) {
    RespReader reader = new RespReader();
    Args args = new Args();
    List<String> seen = new ArrayList<>();
    int from = 0;
    int to = 0;
    try {
      while (to < bytes.length) {
        to = Math.min(to + step, bytes.length);
        int taken = reader.read(bytes, from, to, args);
        while (taken > 0) {
          assertThat(taken).isLessThanOrEqualTo(to - from);
          seen.add(shown(args));
          from += taken;
          taken = reader.read(bytes, from, to, args);
        }
      }
    } catch (RespProtocolException e) {
      seen.add("!" + e.getMessage());
    }
    return seen;
  }

  private static String shown(Args args) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < args.count(); i++) {
      text.append('[').append(args.text(i)).append(']');
    }
    return text.toString();
  }
}
