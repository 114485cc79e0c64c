package dev.kibi.node.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RespReaderTest {
  private static final String PIPELINE =
      "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\na\r\nb\0\r\n"
          + "PING\r\n"
          + "*1\r\n$4\r\nPING\r\n"
          + "*0\r\n"
          + "\r\n"
          + "*-5\r\n"
          + "*2\r\n$3\r\nGET\r\n$0\r\n\r\n"
          + "set \"a\\x41\\n\" 'it\\'s'\n"
          + "*12\r\n"
          + "$10\r\n0123456789\r\n".repeat(12);

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("SET", "k", "a\r\nb\0"),
          List.of("PING"),
          List.of("PING"),
          List.of(),
          List.of(),
          List.of(),
          List.of("GET", ""),
          List.of("set", "aA\n", "it's"),
          Collections.nCopies(12, "0123456789"));

  private final Args args = new Args();

  @Test
  void readsArraysAndInlineCommands() {
    assertThat(readAll(new RespReader(), PIPELINE, PIPELINE.length())).isEqualTo(COMMANDS);
  }

  @Test
  void aPipelineCutAtAnyByteGivesTheSameCommands() {
    for (int cut = 1; cut < PIPELINE.length(); cut++) {
      assertThat(readAll(new RespReader(), PIPELINE, cut))
          .as("cut every %d bytes", cut)
          .isEqualTo(COMMANDS);
    }
  }

  @Test
  void twoConnectionsMayShareTheArgumentsOfTheirLane() {
    RespReader one = new RespReader();
    RespReader other = new RespReader();
    byte[] first = bytes("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\nvalue\r\n");
    byte[] second = bytes("*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n");

    assertThat(one.read(first, 0, first.length - 4, args)).isZero();
    assertThat(other.read(second, 0, second.length, args)).isEqualTo(second.length);
    assertThat(texts()).containsExactly("GET", "key");
    assertThat(one.read(first, 0, first.length, args)).isEqualTo(first.length);
    assertThat(texts()).containsExactly("SET", "k", "value");
  }

  @Test
  void unreadBytesMayMoveBetweenCalls() {
    RespReader reader = new RespReader();
    byte[] command = bytes("*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n");
    assertThat(reader.read(command, 0, 15, args)).isZero();
    byte[] moved = new byte[100];
    System.arraycopy(command, 0, moved, 60, command.length);

    assertThat(reader.read(moved, 60, 60 + command.length, args)).isEqualTo(command.length);
    assertThat(texts()).containsExactly("GET", "key");
  }

  @Test
  void whatCanNeverBecomeACommandIsRefusedInRedisWords() {
    refused("*x\r\n", "Protocol error: invalid multibulk length");
    refused("*\r\n", "Protocol error: invalid multibulk length");
    refused("*1048577\r\n", "Protocol error: invalid multibulk length");
    refused("*99999999999999999999\r\n", "Protocol error: invalid multibulk length");
    refused("*1\r\n:1\r\n", "Protocol error: expected '$', got ':'");
    refused("*1\r\n$-1\r\n", "Protocol error: invalid bulk length");
    refused("*1\r\n$536870913\r\n", "Protocol error: invalid bulk length");
    refused("*1\r\n$9223372036854775807\r\n", "Protocol error: invalid bulk length");
    refused("set \"a\r\n", "Protocol error: unbalanced quotes in request");
    refused("set 'a'b\r\n", "Protocol error: unbalanced quotes in request");
    refused("a".repeat(70_000), "Protocol error: too big inline request");
    refused("*" + "1".repeat(70_000), "Protocol error: too big mbulk count string");
    refused("*1\r\n$" + "1".repeat(70_000), "Protocol error: too big bulk count string");
  }

  @Test
  void beforeAuthenticationOnlySmallCommandsAreRead() {
    RespReader reader = new RespReader();
    reader.authenticated(false);
    byte[] many = bytes("*11\r\n");
    assertThatThrownBy(() -> reader.read(many, 0, many.length, args))
        .hasMessage("Protocol error: unauthenticated multibulk length");

    RespReader other = new RespReader();
    other.authenticated(false);
    byte[] large = bytes("*2\r\n$4\r\nAUTH\r\n$16385\r\n");
    assertThatThrownBy(() -> other.read(large, 0, large.length, args))
        .hasMessage("Protocol error: unauthenticated bulk length");

    other.authenticated(true);
  }

  @Test
  void aDeclaredLengthReservesNoMemory() {
    byte[] arguments = bytes("*1048576\r\n");
    byte[] bulk = bytes("*2\r\n$536870912\r\n");
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<RespReader> readers = new ArrayList<>();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1_000; i++) {
      RespReader one = new RespReader();
      RespReader other = new RespReader();
      assertEqualInts(0, one.read(arguments, 0, arguments.length, args));
      assertEqualInts(0, other.read(bulk, 0, bulk.length, args));
      readers.add(one);
      readers.add(other);
    }
    long perReader = (threads.getCurrentThreadAllocatedBytes() - before) / readers.size();
    assertThat(perReader).as("bytes allocated per connection").isLessThan(1_024);
  }

  @Test
  void anIncompleteBulkSaysHowManyBytesItWants() {
    RespReader reader = new RespReader();
    byte[] half = bytes("*1\r\n$1000\r\nabc");
    assertThat(reader.read(half, 0, half.length, args)).isZero();
    assertThat(reader.bytesWanted()).isEqualTo("*1\r\n$1000\r\n".length() + 1000 + 2);
  }

  private static void assertEqualInts(int expected, int actual) {
    if (expected != actual) {
      throw new AssertionError("read: " + actual + " (expected: " + expected + ")");
    }
  }

  private static void refused(String request, String message) {
    byte[] bytes = bytes(request);
    assertThatThrownBy(() -> new RespReader().read(bytes, 0, bytes.length, new Args()))
        .as(request.substring(0, Math.min(request.length(), 40)))
        .isInstanceOf(RespProtocolException.class)
        .hasMessage(message);
  }

  /** Offers {@code step} more bytes at a time, always from the first unread one. */
  private List<List<String>> readAll(RespReader reader, String request, int step) {
    byte[] bytes = bytes(request);
    List<List<String>> commands = new ArrayList<>();
    int from = 0;
    for (int to = Math.min(step, bytes.length); ; to = Math.min(to + step, bytes.length)) {
      int taken = reader.read(bytes, from, to, args);
      while (taken > 0) {
        commands.add(texts());
        from += taken;
        taken = reader.read(bytes, from, to, args);
      }
      if (to == bytes.length) {
        assertThat(from).as("bytes taken").isEqualTo(bytes.length);
        return commands;
      }
    }
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < args.count(); i++) {
      texts.add(args.text(i));
    }
    return texts;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
