package dev.kibi.node.oracle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Payloads of DUMP, made on one side and restored on the other, both ways. */
final class DumpOracleTest {

  private static final String KEY = "{t}k";

  private final long seed = Long.getLong("kibi.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);

  /** A string of letters, few or many different ones, or a number. */
  private String text(int longest) {
    if (random.nextInt(4) == 0) {
      return Long.toString(random.nextLong() >> random.nextInt(64));
    }
    int letters = random.nextBoolean() ? 2 : 200;
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      text.append((char) random.nextInt(letters));
      if (random.nextInt(10) == 0) {
        text.append("repeated piece ".repeat(random.nextInt(4)));
      }
    }
    return text.toString();
  }

  private List<String> hash(int fields, int longest) {
    List<String> command = new ArrayList<>(List.of("HSET", KEY));
    for (int i = 0; i < fields; i++) {
      command.add(cut(text(longest), longest) + i);
      command.add(cut(text(longest), longest));
    }
    return command;
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }

  @Test
  void stringsAndPackedHashesAreDumpedAsTheVeryBytesOfTheOracle() {
    System.out.println("dump: -Dkibi.seed=" + seed);
    try (Differential both = Differential.start(2)) {
      for (int i = 0; i < 600; i++) {
        both.run("SET", KEY, text(random.nextInt(3) == 0 ? 20_000 : 60));
        both.run("DUMP", KEY);
        both.run("DEL", KEY);
        List<String> command = hash(1 + random.nextInt(20), 60);
        both.run(command);
        both.run("DUMP", KEY);
        both.run("DEL", KEY);
      }
    }
  }

  @Test
  void eachSideRestoresWhatTheOtherDumped() throws IOException {
    System.out.println("restore: -Dkibi.seed=" + seed);
    try (Differential both = Differential.start(3);
        RedisConnection oracle = RedisServer.connect()) {
      for (int i = 0; i < 60; i++) {
        both.run(
            i % 2 == 0
                ? List.of("SET", KEY, text(500))
                : hash(1 + random.nextInt(i % 4 == 1 ? 600 : 20), 80));
        String ours =
            Reply.readAll(both.ours().run(Requests.encode("DUMP", KEY))).getFirst().text();
        String theirs = oracle.call("DUMP", KEY).text();
        both.run("RESTORE", KEY, "0", ours);
        both.run("RESTORE", KEY, "0", i % 3 == 0 ? ours : theirs, "REPLACE");
        compareValue(both, i % 2 == 0);
        both.run("RESTORE", KEY, "4000000", i % 3 == 0 ? theirs : ours, "REPLACE");
        compareValue(both, i % 2 == 0);
        both.run("DEL", KEY);
      }
    }
  }

  private static void compareValue(Differential both, boolean isString) {
    both.run(isString ? "GET" : "HGETALL", KEY);
    both.run("OBJECT", "ENCODING", KEY);
    both.run("TTL", KEY);
  }

  @Test
  void restoreChecksItsArgumentsInTheOrderOfTheOracle() {
    try (Differential both = Differential.start(2)) {
      both.run("SET", KEY, "value");
      String payload = both.run("DUMP", KEY).text();
      String wrong = payload.substring(0, payload.length() - 1) + "x";
      both.run("RESTORE", KEY, "-1", payload);
      both.run("RESTORE", KEY, "-1", wrong, "REPLACE");
      both.run("RESTORE", KEY, "x", wrong, "REPLACE");
      both.run("RESTORE", KEY, "0", wrong, "REPLACE");
      both.run("RESTORE", KEY, "0", "", "REPLACE");
      both.run("RESTORE", KEY, "0", payload, "nonsense");
      both.run("RESTORE", KEY, "0", payload, "IDLETIME");
      both.run("RESTORE", KEY, "0", payload, "IDLETIME", "-1");
      both.run("RESTORE", KEY, "0", payload, "FREQ", "256");
      both.run("RESTORE", KEY, "0", payload, "FREQ", "5", "IDLETIME", "5");
      both.run("RESTORE", KEY, "0", payload, "REPLACE", "FREQ", "5");
      both.run("RESTORE", KEY, "0", payload, "REPLACE", "IDLETIME", "1000");
      both.run("OBJECT", "IDLETIME", KEY);
      both.run("RESTORE", KEY, "1", payload, "REPLACE", "ABSTTL");
      both.run("EXISTS", KEY);
      both.run("RESTORE", KEY, "4000000000000", payload, "ABSTTL");
      both.run("PEXPIRETIME", KEY);
      both.run("RESTORE", KEY, "9223372036854775807", payload, "REPLACE");
      both.run("EXISTS", KEY);
    }
  }

  @Test
  void aDamagedPayloadIsRefusedOrRestoredButNeverBreaksAnything() {
    System.out.println("damage: -Dkibi.seed=" + seed);
    InProcessNode node = new InProcessNode();
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      node.run(Requests.encode("DEL", KEY));
      node.run(
          Requests.encode(
              i % 2 == 0 ? List.of("SET", KEY, text(300)) : hash(1 + random.nextInt(10), 30)));
      String payload = Reply.readAll(node.run(Requests.encode("DUMP", KEY))).getFirst().text();
      String damaged = resealed(payload, random.nextInt(payload.length() - 10));
      Reply reply =
          Reply.readAll(node.run(Requests.encode("RESTORE", KEY, "0", damaged, "REPLACE")))
              .getFirst();
      if (reply.isError()) {
        assertThat(reply.line()).isEqualTo("ERR Bad data format");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(300);
  }

  /** The payload with one byte changed and a checksum that agrees with it. */
  private String resealed(String payload, int position) {
    byte[] bytes = payload.getBytes(ISO_8859_1);
    bytes[position] ^= (byte) (1 + random.nextInt(255));
    long crc = crc64(bytes, bytes.length - Long.BYTES);
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[bytes.length - Long.BYTES + i] = (byte) (crc >>> (8 * i));
    }
    return new String(bytes, ISO_8859_1);
  }

  /** Bit by bit from the definition, so that the shipped table is not its own judge. */
  private static long crc64(byte[] bytes, int length) {
    long crc = 0;
    for (int i = 0; i < length; i++) {
      crc ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0x95ac9329ac4bc9b5L;
      }
    }
    return crc;
  }
}
