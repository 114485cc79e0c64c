package dev.kibi.e2e.sim;

import dev.kibi.node.shard.InvariantException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs seeds: {@code --seeds N --from S} many of them on every core, {@code --seed S --trace} one
 * of them as a story, {@code --mutants} looks for seeds that break a law where a rule is left out.
 */
public final class Simulator {

  /** A seed that failed, why, and what happened last. */
  public record Failure(long seed, String rule, String message, List<String> lastEvents) {
    @Override
    public String toString() {
      return "seed "
          + seed
          + " fails: "
          + message
          + "\nthe last events:\n  "
          + String.join("\n  ", lastEvents);
    }
  }

  private Simulator() {}

  public static void main(String[] args) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Arguments arguments;
    try {
      arguments = Arguments.of(args);
    } catch (IllegalArgumentException e) {
      out.println("kibi sim: " + e.getMessage());
      System.exit(2);
      return;
    }
    if (arguments.trace()) {
      Simulation simulation = new Simulation(arguments.from(), Story.printed(out));
      simulation.run();
      out.println("seed " + arguments.from() + " is well");
      return;
    }
    int threads = Runtime.getRuntime().availableProcessors();
    if (arguments.mutants()) {
      int missing = new MutantSearch(out, arguments.from(), arguments.seeds()).run(threads);
      out.println(missing + " mutants that no seed finds");
      System.exit(missing == 0 ? 0 : 1);
    }
    long start = System.nanoTime();
    List<Failure> failures = run(arguments.from(), arguments.seeds(), threads);
    failures.forEach(out::println);
    out.printf(
        Locale.ROOT,
        "%d seeds from %d in %.1f s: %d failed%n",
        arguments.seeds(),
        arguments.from(),
        (System.nanoTime() - start) / 1e9,
        failures.size());
    System.exit(failures.isEmpty() ? 0 : 1);
  }

  /** Runs {@code count} seeds from {@code from} on; each seed on one thread. */
  public static List<Failure> run(long from, long count, int threads) throws InterruptedException {
    AtomicLong next = new AtomicLong(from);
    List<Failure> failures = new ArrayList<>();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread worker =
          new Thread(() -> {
            for (long seed = next.getAndIncrement();
                seed < from + count;
                seed = next.getAndIncrement()) {
              Failure failure = failureOf(seed);
              if (failure != null) {
                synchronized (failures) {
                  failures.add(failure);
                }
              }
            }
          });
      worker.start();
      workers.add(worker);
    }
    for (Thread worker : workers) {
      worker.join();
    }
    return failures;
  }

  /** Runs one seed; null when all is well. */
  public static @Nullable Failure failureOf(long seed) {
    try {
      new Simulation(seed, Story.untold()).run();
      return null;
    } catch (RuntimeException | AssertionError untold) {
      return told(seed);
    }
  }

  /**
   * The law that one seed breaks, in words; null when it breaks none. A program that fails in any
   * other way has broken no law.
   */
  public static @Nullable String lawBroken(long seed) {
    try {
      new Simulation(seed, Story.untold()).run();
      return null;
    } catch (Violation | InvariantException e) {
      return String.valueOf(e.getMessage());
    } catch (RuntimeException | AssertionError noLaw) {
      return null;
    }
  }

  /** Once more, with the story; it fails as it did before. */
  private static Failure told(long seed) {
    Story story = Story.remembered();
    try {
      new Simulation(seed, story).run();
    } catch (Violation e) {
      return new Failure(seed, e.rule(), String.valueOf(e.getMessage()), story.last());
    } catch (RuntimeException | AssertionError e) {
      List<String> last = new ArrayList<>(story.last());
      for (StackTraceElement frame : e.getStackTrace()) {
        last.add("at " + frame);
      }
      return new Failure(seed, "NoNodeThrows", e.toString(), last);
    }
    return new Failure(seed, "Determinism", "it failed once and not again", story.last());
  }
}
