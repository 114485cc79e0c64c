package dev.kibi.e2e.chaos;

import dev.kibi.e2e.Options;
import dev.kibi.e2e.process.LocalCluster;
import dev.kibi.e2e.process.Signal;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;

/**
 * {@code kibi chaos}: ends with 0 when nothing acknowledged was lost and no read of a master was
 * stale, with 1 when something was, or a cluster did not get over a fault, with 2 for arguments
 * that cannot be used.
 */
public final class Chaos {
  private static final String JAVA_HOME = "KIBI_JAVA_HOME";

  private Chaos() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Arguments arguments;
    try {
      arguments = Arguments.of(new SplittableRandom().nextInt(Integer.MAX_VALUE), args);
    } catch (IllegalArgumentException e) {
      out.println("kibi chaos: " + e.getMessage());
      System.exit(2);
      return;
    }
    System.exit(run(arguments, out) ? 0 : 1);
  }

  private static boolean run(Arguments arguments, PrintStream out)
      throws IOException, InterruptedException {
    out.printf(
        "seed %d: %d cycles, %d shards with %d replicas each, durability %s, timer factor %s%n",
        arguments.seed(),
        arguments.cycles(),
        arguments.shards(),
        arguments.replicas(),
        Options.nameOf(arguments.durability()),
        LocalCluster.timerFactor());
    Set<Fault> asked = arguments.fault().map(EnumSet::of).orElse(EnumSet.allOf(Fault.class));
    Optional<Clocks> clocks = clocks(asked);
    Set<Fault> possible = possible(asked, arguments.replicas(), clocks.isPresent(), out);
    if (possible.isEmpty()) {
      out.println("nothing is left that could be done");
      return false;
    }
    FaultPlan plan =
        new FaultPlan(arguments.seed(), arguments.shards(), arguments.replicas(), possible);
    try (LocalCluster cluster =
        LocalCluster.start(
            arguments.shards(),
            arguments.replicas(),
            arguments.durability(),
            environment(clocks))) {
      out.println("logs: " + cluster.state().resolve("logs"));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(cluster)));
      return new ChaosRun(arguments, plan, cluster, clocks, out).run();
    } catch (ExecutionException | RuntimeException | AssertionError e) {
      out.println("seed " + arguments.seed() + ": " + e);
      e.printStackTrace(out);
      return false;
    }
  }

  /** Programs start slower with them: only where a fault that was asked for needs them. */
  private static Optional<Clocks> clocks(Set<Fault> asked)
      throws IOException, InterruptedException {
    return asked.stream().anyMatch(fault -> fault.needs() == Fault.Needs.CLOCKS)
        ? Clocks.in(LocalCluster.freshDirectory("clocks-"), javaHome())
        : Optional.empty();
  }

  /** The Java that runs operator and nodes. */
  private static Path javaHome() {
    return Path.of(System.getenv().getOrDefault(JAVA_HOME, System.getProperty("java.home")));
  }

  private static Map<String, String> environment(Optional<Clocks> clocks) {
    return clocks.map(set -> Map.of(JAVA_HOME, set.javaHome().toString())).orElseGet(Map::of);
  }

  /** Also on SIGTERM: nothing stays that was started here, and frozen processes cannot end. */
  private static void end(LocalCluster cluster) {
    if (cluster.daemon().isAlive()) {
      Signal.CONT.send(cluster.daemon());
      try {
        cluster.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What can be done here; what cannot is said. */
  private static Set<Fault> possible(
      Set<Fault> asked, int replicas, boolean clocks, PrintStream out) throws InterruptedException {
    Set<Fault.Needs> missing = EnumSet.noneOf(Fault.Needs.class);
    if (replicas < 2) {
      missing.add(Fault.Needs.THREE_COPIES);
    }
    if (!Network.isOurs()) {
      missing.add(Fault.Needs.OWN_NETWORK);
    }
    if (!clocks) {
      missing.add(Fault.Needs.CLOCKS);
    }
    Set<Fault> possible = EnumSet.copyOf(asked);
    possible.removeIf(fault -> {
      boolean leftOut = missing.contains(fault.needs());
      if (leftOut) {
        out.printf("left out: %s (needs %s)%n", fault, fault.needs());
      }
      return leftOut;
    });
    return possible;
  }
}
