package dev.kibi.node.oracle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.node.command.Glob;
import java.io.IOException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random patterns over random texts, against the oracle's KEYS. */
final class GlobOracleTest {
  private static final int TEXTS = 150;
  private static final int PATTERNS = 2_000;
  private static final String TEXT_BYTES = "aabbc-]^\\*?[\u00ff";
  private static final String PATTERN_BYTES = "aabbc-]^\\**??[[\u00ff";

  @Test
  void aPatternMatchesWhatItMatchesInRedis() throws IOException {
    long seed = Long.getLong("kibi.seed", System.nanoTime());
    System.out.println("glob: -Dkibi.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    try (RedisConnection oracle = RedisServer.connect()) {
      oracle.call("FLUSHALL");
      Set<String> texts = new TreeSet<>();
      while (texts.size() < TEXTS) {
        texts.add(random(random, TEXT_BYTES, 1 + random.nextInt(6)));
      }
      for (String text : texts) {
        assertThat(oracle.call("SET", text, "").isOk()).isTrue();
      }
      for (int i = 0; i < PATTERNS; i++) {
        String pattern = random(random, PATTERN_BYTES, 1 + random.nextInt(8));
        Set<String> expected =
            oracle.call("KEYS", pattern).elements().stream()
                .map(Reply::text)
                .collect(Collectors.toCollection(TreeSet::new));
        Glob glob = Glob.of(pattern.getBytes(ISO_8859_1));
        Set<String> matched =
            texts.stream()
                .filter(text -> glob.matches(text.getBytes(ISO_8859_1)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(matched).as("matches of %s", Requests.quoted(pattern)).isEqualTo(expected);
      }
      oracle.call("FLUSHALL");
    }
  }

  private static String random(SplittableRandom random, String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
