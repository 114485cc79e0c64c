package dev.kibi.node.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.Tip;
import dev.kibi.node.resp.Args;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends the same commands to our node and to the oracle and demands the same replies.
 *
 * <p>How alike replies must be follows from the command table's tips, unless {@code comparisons}
 * says otherwise for a command by its full name.
 */
public final class Differential implements AutoCloseable {
  private final RedisConnection oracle;
  private final InProcessNode ours = new InProcessNode();
  private final Map<String, Comparison> comparisons;

  /** Both sides empty, speaking RESP2 or RESP3. */
  public static Differential start(int protocol) {
    return start(protocol, Comparisons.STANDARD);
  }

  static Differential start(int protocol, Map<String, Comparison> comparisons) {
    try {
      Differential differential = new Differential(RedisServer.connect(), comparisons);
      differential.oracle.call("FLUSHALL");
      differential.run("HELLO", Integer.toString(protocol));
      return differential;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Differential(RedisConnection oracle, Map<String, Comparison> comparisons) {
    this.oracle = oracle;
    this.comparisons = comparisons;
  }

  public InProcessNode ours() {
    return ours;
  }

  /**
   * Runs lines of words separated by spaces; double quotes hold words with spaces, {@code \xNN}
   * bytes.
   */
  public void script(String lines) {
    for (String line : lines.lines().map(String::strip).filter(text -> !text.isEmpty()).toList()) {
      run(Words.of(line));
    }
  }

  /** Runs one command on both sides and returns our reply. */
  public Reply run(String... command) {
    return run(List.of(command));
  }

  public Reply run(List<String> command) {
    byte[] request = Requests.encode(command);
    List<Reply> mine = Reply.readAll(ours.run(request));
    Reply theirs = oraclesReply(request);
    assertEquals(1, mine.size(), () -> "replies to " + Requests.shown(command) + ": " + mine);
    if (!comparisonFor(command).alike(mine.getFirst(), theirs)) {
      fail(
          "reply to "
              + Requests.shown(command)
              + "\n    ours:     "
              + mine.getFirst()
              + "\n    oracle's: "
              + theirs);
    }
    return mine.getFirst();
  }

  private Reply oraclesReply(byte[] request) {
    try {
      oracle.send(request);
      return oracle.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Comparison comparisonFor(List<String> command) {
    CommandSpec spec = spec(command);
    if (spec == null) {
      return Comparison.EXACT;
    }
    Comparison chosen = comparisons.get(spec.fullName());
    if (chosen != null) {
      return chosen;
    }
    return spec.tips().contains(Tip.NONDETERMINISTIC_OUTPUT_ORDER)
        ? Comparison.UNORDERED
        : Comparison.EXACT;
  }

  private @Nullable CommandSpec spec(List<String> command) {
    return ours.table().resolve(Args.of(command.toArray(String[]::new)));
  }

  @Override
  public void close() {
    try {
      oracle.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
