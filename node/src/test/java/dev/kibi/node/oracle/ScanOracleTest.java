package dev.kibi.node.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands whose order or choice is each server's own: what they show in the end is compared. */
final class ScanOracleTest {

  private final Differential both = Differential.start(2);
  private RedisConnection oracle;

  @BeforeEach
  void fill() throws IOException {
    oracle = RedisServer.connect();
    for (int i = 0; i < 300; i++) {
      both.run("SET", "key:" + i, "value");
      both.run("HSET", "hash:" + i % 20, "field" + i, "value" + i);
      both.run("HSET", "large", "field" + i, "v".repeat(i));
    }
    both.run("PEXPIREAT", "key:7", "4000000000000");
  }

  @AfterEach
  void disconnect() throws IOException {
    both.close();
    oracle.close();
  }

  private Reply ours(String... command) {
    return Reply.readAll(both.ours().run(Requests.encode(command))).getFirst();
  }

  private Reply theirs(String... command) {
    try {
      return oracle.call(command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that a scan shows until its cursor is 0 again, and how many calls that took. */
  private static List<String> scan(
      Function<String[], Reply> side, List<String> before, List<String> after) {
    List<String> shown = new ArrayList<>();
    String cursor = "0";
    int calls = 0;
    do {
      List<String> command = new ArrayList<>(before);
      command.add(cursor);
      command.addAll(after);
      Reply reply = side.apply(command.toArray(String[]::new));
      cursor = reply.elements().get(0).text();
      reply.elements().get(1).elements().forEach(element -> shown.add(element.text()));
      assertThat(++calls).as("calls of one scan").isLessThan(5000);
    } while (!cursor.equals("0"));
    return shown;
  }

  private void scansAlike(List<String> before, String... after) {
    List<String> mine = scan(this::ours, before, List.of(after));
    List<String> oracles = scan(this::theirs, before, List.of(after));
    assertThat(new TreeSet<>(mine))
        .as("%s %s", before, List.of(after))
        .isEqualTo(new TreeSet<>(oracles));
    if (before.size() == 1) {
      assertThat(mine).as("keys twice").doesNotHaveDuplicates();
    }
  }

  @Test
  void scansShowTheSameKeysUnderEveryOption() {
    List<String> scan = List.of("SCAN");
    scansAlike(scan);
    scansAlike(scan, "COUNT", "1");
    scansAlike(scan, "COUNT", "100000");
    scansAlike(scan, "COUNT", "9223372036854775807");
    scansAlike(scan, "MATCH", "key:1*");
    scansAlike(scan, "MATCH", "*", "MATCH", "hash:[0-3]");
    scansAlike(scan, "TYPE", "hash", "COUNT", "7");
    scansAlike(scan, "TYPE", "STRING", "MATCH", "*5");
    scansAlike(scan, "TYPE", "zset");
  }

  @Test
  void hashScansShowTheSameFieldsUnderEveryOption() {
    scansAlike(List.of("HSCAN", "large"));
    scansAlike(List.of("HSCAN", "large"), "COUNT", "1");
    scansAlike(List.of("HSCAN", "large"), "MATCH", "field1?");
    scansAlike(List.of("HSCAN", "hash:3"), "COUNT", "1");
    scansAlike(List.of("HSCAN", "hash:3"), "MATCH", "*3");
    scansAlike(List.of("HSCAN", "missing"));
  }

  @Test
  void keysShowsTheSameKeys() {
    both.run("KEYS", "*");
    both.run("KEYS", "key:*9");
    both.run("KEYS", "[^k]*");
    both.run("KEYS", "");
  }

  @Test
  void randomFieldsHaveTheShapeOfTheOracle() {
    for (String protocol : List.of("2", "3")) {
      both.run("HELLO", protocol);
      try {
        oracle.call("HELLO", protocol);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      for (String key : List.of("large", "hash:3")) {
        for (String count : List.of("1", "5", "14", "299", "300", "1000", "-1", "-40", "0")) {
          for (List<String> tail : List.of(List.<String>of(), List.of("WITHVALUES"))) {
            List<String> command = new ArrayList<>(List.of("HRANDFIELD", key, count));
            command.addAll(tail);
            fieldsAlike(key, Integer.parseInt(count), command.toArray(String[]::new));
          }
        }
      }
    }
  }

  private void fieldsAlike(String key, int count, String... command) {
    Reply mine = ours(command);
    Reply oracles = theirs(command);
    assertThat(Comparison.SHAPE.alike(mine, oracles)).as("%s: %s", List.of(command), mine).isTrue();
    boolean nested = !mine.elements().isEmpty() && !mine.elements().getFirst().elements().isEmpty();
    List<String> names = new ArrayList<>();
    int step = command.length == 4 && !nested ? 2 : 1;
    for (int i = 0; i < mine.elements().size(); i += step) {
      Reply element = mine.elements().get(i);
      names.add(nested ? element.elements().getFirst().text() : element.text());
    }
    names.forEach(name -> assertThat(ours("HEXISTS", key, name).line()).isEqualTo("1"));
    if (count > 0) {
      assertThat(names).as("%s", List.of(command)).doesNotHaveDuplicates();
    }
  }

  @Test
  void everyKeyIsDrawnByChance() {
    Map<String, Integer> drawn = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      drawn.merge(ours("RANDOMKEY").text(), 1, Integer::sum);
    }
    assertThat(drawn).hasSize(Integer.parseInt(ours("DBSIZE").line()));
  }
}
