package dev.kibi.node.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kibi.node.Commands;
import dev.kibi.node.command.ClientLink;
import dev.kibi.node.command.Dispatcher;
import dev.kibi.node.command.Route;
import dev.kibi.node.command.Session;
import dev.kibi.node.oracle.TestNode;
import dev.kibi.node.resp.Args;
import dev.kibi.node.resp.RespReader;
import dev.kibi.node.resp.RespWriter;
import dev.kibi.node.store.EffectLog;
import dev.kibi.node.store.Keyspace;
import dev.kibi.node.store.SlotStore;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds and bytes allocated per command, from request bytes to reply bytes without a socket, in batches of 16
 * over 100 000 keys with values of 64 bytes.
 *
 * <pre>
 * mvn -pl node -am -Pbench -DskipTests test
 * </pre>
 *
 * <p>Compare figures of one run only: the same code differs between runs of a shared machine.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx1g"})
public class CommandBenchmark {
  private static final int BATCH = 16;
  private static final int BATCHES = 2_048;
  private static final int KEYS = 100_000;
  private static final String VALUE = "v".repeat(64);

  private final Args args = new Args();
  private final RespReader reader = new RespReader();
  private final RespWriter writer = new RespWriter();
  private final byte[][] gets = new byte[BATCHES][];
  private final byte[][] sets = new byte[BATCHES][];
  private final byte[][] pings = {request("*1\r\n$4\r\nPING\r\n".repeat(BATCH))};
  private Dispatcher dispatcher = dispatcher(new TestNode());
  private Session session = session();
  private int next;

  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    dispatcher = dispatcher(new TestNode());
    session = session();
    for (int i = 0; i < BATCHES; i++) {
      StringBuilder get = new StringBuilder();
      StringBuilder set = new StringBuilder();
      for (int j = 0; j < BATCH; j++) {
        get.append(get(random.nextInt(KEYS)));
        set.append(set(random.nextInt(KEYS)));
      }
      gets[i] = request(get.toString());
      sets[i] = request(set.toString());
    }
    for (int key = 0; key < KEYS; key++) {
      run(request(set(key)));
    }
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int get() {
    return run(gets[next++ & (BATCHES - 1)]);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int set() {
    return run(sets[next++ & (BATCHES - 1)]);
  }

  /** The cost of the frame alone: reader, lookup, checks, statistics. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int ping() {
    return run(pings[0]);
  }

  private int run(byte[] request) {
    writer.clear();
    dispatcher.beginBatch();
    int at = 0;
    while (at < request.length) {
      at += reader.read(request, at, request.length, args);
      dispatcher.dispatch(session, args, writer, 1_700_000_000_000L);
    }
    return writer.size();
  }

  private static String get(int key) {
    String name = "key:" + key;
    return "*2\r\n$3\r\nGET\r\n$" + name.length() + "\r\n" + name + "\r\n";
  }

  private static String set(int key) {
    String name = "key:" + key;
    return "*3\r\n$3\r\nSET\r\n$" + name.length() + "\r\n" + name + "\r\n$64\r\n" + VALUE + "\r\n";
  }

  private static byte[] request(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static Dispatcher dispatcher(TestNode node) {
    Keyspace keyspace = new Keyspace(new SlotStore(1), new NoLog(), new SplittableRandom(1));
    return new Dispatcher(
        Commands.table(), node, (spec, session, hashSlot) -> Route.LOCAL, keyspace, System::nanoTime);
  }

  private static Session session() {
    return new Session(1, "127.0.0.1:1", "127.0.0.1:2", 0, true, new NoLink());
  }

  /** Where effects would go; only their length matters here. */
  private static final class NoLog implements EffectLog {
    private long end;

    @Override
    public void append(int slot, byte[] buffer, int offset, int length) {
      end += length;
    }

    @Override
    public long end() {
      return end;
    }
  }

  private record NoLink() implements ClientLink {
    @Override
    public void close() {
      throw new IllegalStateException("link: closed (expected: never)");
    }

    @Override
    public int inputBytes() {
      return 0;
    }

    @Override
    public long outputBytes() {
      return 0;
    }
  }
}
