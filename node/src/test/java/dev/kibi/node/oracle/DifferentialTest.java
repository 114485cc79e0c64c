package dev.kibi.node.oracle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The harness notices what it is there to notice. */
final class DifferentialTest {
  @Test
  void aDifferentReplyIsShownWithBothSides() {
    try (Differential differential = Differential.start(2)) {
      differential.ours().node().master = false;
      assertThatThrownBy(() -> differential.run("FLUSHALL"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("reply to \"FLUSHALL\"")
          .hasMessageContaining("ours:     -READONLY")
          .hasMessageContaining("oracle's: +OK");
    }
  }

  @Test
  void aMissingReplyIsADifferenceToo() {
    try (Differential differential = Differential.start(2)) {
      differential.ours().run(Requests.encode("CLIENT", "REPLY", "OFF"));
      assertThatThrownBy(() -> differential.run("PING")).isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void looserComparisonsStillTellErrorsFromAnswers() {
    Reply answer = reply("*2\r\n:1\r\n:2\r\n");
    Reply error = reply("-ERR no\r\n");
    for (Comparison comparison :
        List.of(Comparison.OUTCOME, Comparison.SHAPE, Comparison.UNORDERED)) {
      assertThat(comparison.alike(answer, answer)).isTrue();
      assertThat(comparison.alike(answer, error)).isFalse();
    }
    assertThat(Comparison.OUTCOME.alike(error, reply("-WRONGTYPE no\r\n"))).isFalse();
    assertThat(Comparison.UNORDERED.alike(answer, reply("*2\r\n:2\r\n:1\r\n"))).isTrue();
    assertThat(Comparison.UNORDERED.alike(answer, reply("*2\r\n:2\r\n:2\r\n"))).isFalse();
    assertThat(Comparison.SHAPE.alike(answer, reply("*1\r\n:1\r\n"))).isFalse();
    assertThat(Comparison.within(2).alike(reply(":5\r\n"), reply(":7\r\n"))).isTrue();
    assertThat(Comparison.within(2).alike(reply(":5\r\n"), reply(":8\r\n"))).isFalse();
  }

  private static Reply reply(String bytes) {
    return Reply.readAll(bytes.getBytes(ISO_8859_1)).getFirst();
  }
}
