package dev.kibi.e2e.sim;

import dev.kibi.e2e.Workers;
import dev.kibi.node.shard.InvariantException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs seeds: {@code --seeds N --from S} many of them on every core, {@code --seed S --trace} one
 * of them as a story, {@code --mutants} looks for seeds that break a law where a rule is left out,
 * {@code --mutant RULE} for that one only, {@code --aim AIM} tries one thing (see {@link Aim}).
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
      Simulation simulation = new Simulation(arguments.from(), arguments.aim(), Story.printed(out));
      simulation.run();
      out.println("seed " + arguments.from() + " is well");
      return;
    }
    int threads = Runtime.getRuntime().availableProcessors();
    if (arguments.mutants()) {
      int missing =
          new MutantSearch(out, arguments.from(), arguments.seeds())
              .run(arguments.mutantsNamed(Mutants.all()), threads);
      out.println(missing + " mutants that no seed finds");
      System.exit(missing == 0 ? 0 : 1);
    }
    long start = System.nanoTime();
    List<Failure> failures = run(arguments.aim(), arguments.from(), arguments.seeds(), threads);
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
  static List<Failure> run(Aim aim, long from, long count, int threads)
      throws InterruptedException {
    Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    Workers.forEach(
        from,
        count,
        threads,
        seed -> {
          Failure failure = failureOf(aim, seed);
          if (failure != null) {
            failures.add(failure);
          }
        });
    return List.copyOf(failures);
  }

  /** Runs one seed; null when all is well. */
  static @Nullable Failure failureOf(Aim aim, long seed) {
    try {
      new Simulation(seed, aim, Story.untold()).run();
      return null;
    } catch (RuntimeException | AssertionError untold) {
      return told(aim, seed);
    }
  }

  /**
   * The law that one seed breaks, in words; null when it breaks none. A program that fails in any
   * other way has broken no law.
   */
  public static @Nullable String lawBroken(String aim, long seed) {
    try {
      new Simulation(seed, Aim.valueOf(aim), Story.untold()).run();
      return null;
    } catch (Violation | InvariantException e) {
      return String.valueOf(e.getMessage());
    } catch (RuntimeException | AssertionError noLaw) {
      return null;
    }
  }

  /** Once more, with the story; it fails as it did before. */
  private static Failure told(Aim aim, long seed) {
    Story story = Story.remembered();
    try {
      new Simulation(seed, aim, story).run();
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
