package dev.kibi.node.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class RespWriterTest {
  @Test
  void everyTypeHasAFormInBothProtocols() {
    written(RespWriter::ok, "+OK\r\n", "+OK\r\n");
    written(w -> w.integer(-12), ":-12\r\n", ":-12\r\n");
    written(w -> w.bulk("ab"), "$2\r\nab\r\n", "$2\r\nab\r\n");
    written(w -> w.bulk(1234), "$4\r\n1234\r\n", "$4\r\n1234\r\n");
    written(RespWriter::nil, "$-1\r\n", "_\r\n");
    written(RespWriter::nilArray, "*-1\r\n", "_\r\n");
    written(w -> w.array(10), "*10\r\n", "*10\r\n");
    written(w -> w.map(2), "*4\r\n", "%2\r\n");
    written(w -> w.set(3), "*3\r\n", "~3\r\n");
    written(w -> w.push(3), "*3\r\n", ">3\r\n");
    written(w -> w.bool(true), ":1\r\n", "#t\r\n");
    written(w -> w.bool(false), ":0\r\n", "#f\r\n");
    written(w -> w.decimal(2.5), "$3\r\n2.5\r\n", ",2.5\r\n");
    written(w -> w.bigNumber("123"), "$3\r\n123\r\n", "(123\r\n");
    written(w -> w.verbatim("txt", "hi"), "$2\r\nhi\r\n", "=6\r\ntxt:hi\r\n");
  }

  @Test
  void noTextEndsALineEarly() {
    written(w -> w.simple("a\r\nb\0"), "+a  b \r\n", "+a  b \r\n");
    written(w -> w.error("ERR a\r\nb\r\n\r\n"), "-ERR a  b\r\n", "-ERR a  b\r\n");
  }

  @Test
  void whatWasWrittenCanBeTakenBack() {
    RespWriter writer = new RespWriter();
    writer.ok();
    int size = writer.size();
    writer.bulk("x".repeat(5_000));
    writer.truncate(size);
    assertThat(text(writer)).isEqualTo("+OK\r\n");
    assertThatThrownBy(() -> writer.truncate(size + 1)).hasMessage("size: 6 (expected: 0..5)");
  }

  @Test
  void largeRepliesGiveTheirMemoryBack() {
    RespWriter writer = new RespWriter();
    writer.bulk("x".repeat(100_000));
    writer.shrink(10);
    assertThat(writer.buffer().length).as("while it holds a reply").isGreaterThan(100_000);
    writer.clear();
    writer.shrink(10_000);
    assertThat(writer.buffer().length).isLessThan(10_000);
  }

  @Test
  void errorsAreCounted() {
    RespWriter writer = new RespWriter();
    writer.error("ERR no");
    writer.ok();
    assertThat(writer.errors()).isEqualTo(1);
  }

  @Test
  void doublesAreSpelledWithSeventeenDigitsLikeC() {
    assertThat(Doubles.text(0)).isEqualTo("0");
    assertThat(Doubles.text(-0.0)).isEqualTo("-0");
    assertThat(Doubles.text(3)).isEqualTo("3");
    assertThat(Doubles.text(0.1)).isEqualTo("0.10000000000000001");
    assertThat(Doubles.text(1.0 / 3)).isEqualTo("0.33333333333333331");
    assertThat(Doubles.text(0.0001)).isEqualTo("0.0001");
    assertThat(Doubles.text(0.00001)).isEqualTo("1.0000000000000001e-05");
    assertThat(Doubles.text(1e16)).isEqualTo("10000000000000000");
    assertThat(Doubles.text(1e17)).isEqualTo("1e+17");
    assertThat(Doubles.text(-1.5e300)).isEqualTo("-1.5000000000000001e+300");
    assertThat(Doubles.text(Double.POSITIVE_INFINITY)).isEqualTo("inf");
    assertThat(Doubles.text(Double.NEGATIVE_INFINITY)).isEqualTo("-inf");
    assertThat(Doubles.text(Double.NaN)).isEqualTo("nan");
  }

  private static void written(Consumer<RespWriter> write, String resp2, String resp3) {
    RespWriter two = new RespWriter();
    write.accept(two);
    assertThat(text(two)).isEqualTo(resp2);
    RespWriter three = new RespWriter().protocol(3);
    write.accept(three);
    assertThat(text(three)).isEqualTo(resp3);
  }

  private static String text(RespWriter writer) {
    return new String(writer.buffer(), 0, writer.size(), ISO_8859_1);
  }
}
