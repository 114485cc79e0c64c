package dev.kibi.e2e.fuzz;

import com.sun.management.ThreadMXBean;
import dev.kibi.e2e.Workers;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Gives decoders inputs that nobody would send. Each is read, or refused by the decoder's one
 * exception. Anything else is a failure: another exception, an error, more memory than the input
 * can ask for, and a decoder that does not come to an end.
 *
 * <p>{@code --inputs N --seed S} gives N inputs to all decoders in turn, {@code --from I} begins
 * with the I-th: a failure names its seed and its input.
 */
public final class Fuzzer {

  private static final int FAILURES_MAX = 20;
  private static final Duration CPU_MAX = Duration.ofSeconds(20);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What one decoder did with its inputs. */
  record Count(String decoder, LongAdder read, LongAdder refused) {
    @Override
    public String toString() {
      return decoder + ": " + read + " read, " + refused + " refused";
    }
  }

  /** An input that a thread is busy with, and the thread's time when that was seen first. */
  private record Seen(long input, long cpuNanos) {}

  private final List<Decoder> decoders;
  private final List<Mutator> mutators;
  private final List<Count> counts;
  private final long seed;
  private final long cpuNanosMax;
  private final List<String> failures = new ArrayList<>();
  private final Map<Thread, Long> busy = new ConcurrentHashMap<>();

  Fuzzer(List<Decoder> decoders, long seed) {
    this(decoders, seed, CPU_MAX);
  }

  /** What takes more than {@code cpuMax} of its thread's time is taken for endless. */
  Fuzzer(List<Decoder> decoders, long seed, Duration cpuMax) {
    this.cpuNanosMax = cpuMax.toNanos();
    this.decoders = decoders;
    this.mutators = decoders.stream().map(Mutator::new).toList();
    this.counts =
        decoders.stream().map(d -> new Count(d.name(), new LongAdder(), new LongAdder())).toList();
    this.seed = seed;
  }

  public static void main(String[] args) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Arguments arguments;
    try {
      arguments = Arguments.of(System.nanoTime(), args);
    } catch (IllegalArgumentException e) {
      out.println("kibi fuzz: " + e.getMessage());
      System.exit(2);
      return;
    }
    Fuzzer fuzzer = new Fuzzer(Decoders.all(), arguments.seed());
    out.println("seed " + arguments.seed());
    long start = System.nanoTime();
    List<String> failures =
        fuzzer.run(
            arguments.from(), arguments.inputs(), Runtime.getRuntime().availableProcessors());
    failures.forEach(out::println);
    fuzzer.counts.forEach(out::println);
    double seconds = (System.nanoTime() - start) / 1e9;
    out.printf(
        Locale.ROOT,
        "%d inputs in %.0f s: %d failures%n",
        arguments.inputs(),
        seconds,
        failures.size());
    System.exit(failures.isEmpty() ? 0 : 1);
  }

  /** Gives the inputs of these numbers and says what failed, as far as it is worth reading. */
  List<String> run(long from, long inputs, int threads) throws InterruptedException {
    Workers workers = Workers.start(from, inputs, threads, this::one);
    Map<Thread, Seen> seen = new ConcurrentHashMap<>();
    String endless = null;
    while (endless == null && !workers.await(Duration.ofSeconds(1))) {
      endless = endless(seen);
    }
    synchronized (failures) {
      if (endless != null) {
        failures.add(endless);
      }
      return List.copyOf(failures);
    }
  }

  List<Count> counts() {
    return counts;
  }

  private void one(long input) {
    int at = (int) (input % decoders.size());
    Decoder decoder = decoders.get(at);
    byte[] bytes = mutators.get(at).next(new SplittableRandom(seed + input));
    byte[] kept = bytes.clone();
    busy.put(Thread.currentThread(), input);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Throwable thrown = thrownBy(decoder, bytes);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    busy.remove(Thread.currentThread());
    if (thrown == null) {
      counts.get(at).read.increment();
    } else if (decoder.refusal().isInstance(thrown)) {
      counts.get(at).refused.increment();
    } else {
      String where = Arrays.stream(thrown.getStackTrace()).findFirst().toString();
      fail(input, decoder, kept, thrown + " at " + where);
    }
    if (allocated > decoder.allocationMax(bytes.length)) {
      failIfAllocatedAgain(input, decoder, kept);
    }
  }

  /** The first time may have loaded the classes that read such an input. */
  private void failIfAllocatedAgain(long input, Decoder decoder, byte[] bytes) {
    byte[] again = bytes.clone();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    thrownBy(decoder, again);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (allocated > decoder.allocationMax(bytes.length)) {
      fail(input, decoder, bytes, allocated + " bytes were allocated");
    }
  }

  private static @Nullable Throwable thrownBy(Decoder decoder, byte[] bytes) {
    try {
      decoder.reader().read(bytes);
      return null;
    } catch (Throwable e) { // whatever it is, it is looked at
      return e;
    }
  }

  private void fail(long input, Decoder decoder, byte[] bytes, String why) {
    synchronized (failures) {
      if (failures.size() < FAILURES_MAX) {
        String hex = HexFormat.of().formatHex(bytes);
        failures.add(
            "seed "
                + seed
                + ", input "
                + input
                + ", "
                + decoder.name()
                + ": "
                + why
                + "\n  "
                + hex);
      }
    }
  }

  /** Whether a thread has worked on the same input for so long that it will not end. */
  private @Nullable String endless(Map<Thread, Seen> seen) {
    for (Map.Entry<Thread, Long> entry : busy.entrySet()) {
      long input = entry.getValue();
      long cpu = THREADS.getThreadCpuTime(entry.getKey().threadId());
      Seen first =
          seen.compute(
              entry.getKey(),
              (_, old) -> old != null && old.input == input ? old : new Seen(input, cpu));
      if (cpu - first.cpuNanos > cpuNanosMax) {
        String name = decoders.get((int) (input % decoders.size())).name();
        return "seed " + seed + ", input " + input + ", " + name + ": does not come to an end";
      }
    }
    return null;
  }
}
