package dev.kibi.node.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.kibi.node.command.Dispatched;
import dev.kibi.node.resp.Args;
import dev.kibi.node.resp.RespWriter;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The most frequent commands leave nothing behind for the garbage collector. */
final class AllocationTest {

  private static final int COMMANDS = 50_000;

  private final InProcessNode node = new InProcessNode();
  private final RespWriter reply = new RespWriter();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private void run(Args command, int times) {
    for (int i = 0; i < times; i++) {
      reply.clear();
      if (node.dispatcher().dispatch(node.session(), command, reply, 1_000_000)
          != Dispatched.DONE) {
        throw new IllegalStateException("command: not done");
      }
    }
  }

  /** Bytes allocated per command once everything is loaded. */
  private double bytesPer(String... command) {
    Args args = Args.of(command);
    run(args, COMMANDS);
    long before = threads.getCurrentThreadAllocatedBytes();
    run(args, COMMANDS);
    return (threads.getCurrentThreadAllocatedBytes() - before) / (double) COMMANDS;
  }

  @Test
  void gettingAllocatesNothing() {
    node.run(Requests.encode("SET", "key", "v".repeat(64)));
    assertThat(bytesPer("GET", "key")).isLessThan(1);
    assertThat(bytesPer("GET", "missing")).isLessThan(1);
  }

  @Test
  void settingAValueOfTheSameSizeAllocatesNothing() {
    assertThat(bytesPer("SET", "key", "v".repeat(64))).isLessThan(1);
  }

  @Test
  void theMeasureSeesAnAllocation() {
    node.run(Requests.encode("HSET", "hash", "field", "value"));
    assertThat(bytesPer("HKEYS", "hash")).isGreaterThan(1);
  }
}
