package dev.kibi.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.lang.ArchRule;
import dev.kibi.arch.BannedCalls.Ban;
import java.util.List;

/**
 * A pure package gives the same answer to the same arguments on every JVM: no clock, thread,
 * randomness of its own, hash order, identity or default locale. Its failures can be replayed.
 */
public final class Determinism {

  private static final String TIME = "time comes in as an argument";
  private static final String RANDOM = "a seeded RandomGenerator comes in as an argument";
  private static final String ORDER =
      "its order differs from JVM to JVM; use a list, an array, a TreeMap or a TreeSet";
  private static final String THREAD = "pure code is called by one thread and starts none";
  private static final String IDENTITY = "identity differs from run to run";
  private static final String LOCALE =
      "the default locale differs from machine to machine; name one";

  private static final List<Ban> BANS =
      List.of(
          Ban.of("java.lang.System", TIME, "currentTimeMillis", "nanoTime"),
          Ban.of("java.time.Instant", TIME, "now"),
          Ban.of("java.time.LocalDateTime", TIME, "now"),
          Ban.of("java.time.ZonedDateTime", TIME, "now"),
          Ban.of("java.time.OffsetDateTime", TIME, "now"),
          Ban.of("java.time.Clock", TIME),
          Ban.of("java.lang.Math", RANDOM, "random"),
          Ban.of("java.util.Random", RANDOM),
          Ban.of("java.util.SplittableRandom", RANDOM),
          Ban.of("java.security.SecureRandom", RANDOM),
          Ban.of("java.util.concurrent.ThreadLocalRandom", RANDOM),
          Ban.of("java.util.random.RandomGenerator", RANDOM, "of", "getDefault"),
          Ban.of("java.util.UUID", RANDOM, "randomUUID"),
          Ban.of("java.util.HashMap", ORDER),
          Ban.of("java.util.HashSet", ORDER),
          Ban.of("java.util.IdentityHashMap", ORDER),
          Ban.of("java.util.WeakHashMap", ORDER),
          Ban.of("java.util.concurrent.ConcurrentHashMap", ORDER),
          Ban.of("java.util.Set", ORDER, "copyOf"),
          // One element has one order; an array (one argument) may hold more.
          Ban.of("java.util.Set", ORDER, "of").from(2),
          Ban.of("java.util.Map", ORDER, "copyOf", "ofEntries"),
          Ban.of("java.util.Map", ORDER, "of").from(4),
          Ban.of("java.util.stream.Collectors", ORDER, "toSet", "toUnmodifiableSet"),
          Ban.of("java.util.stream.Collectors", ORDER, "toUnmodifiableMap"),
          // With a map factory as one more argument the caller chooses the order.
          Ban.of("java.util.stream.Collectors", ORDER, "toMap").upTo(3),
          Ban.of("java.util.stream.Collectors", ORDER, "groupingBy").upTo(2),
          Ban.of("java.lang.System", IDENTITY, "identityHashCode"),
          Ban.of("java.lang.Thread", THREAD),
          Ban.of("java.util.concurrent.Executors", THREAD),
          Ban.of("java.util.concurrent.CompletableFuture", THREAD),
          Ban.of("java.lang.String", LOCALE, "formatted"));

  private Determinism() {}

  /** Packages as in {@link Arrow}. */
  public static ArchRule of(String... packages) {
    return classes()
        .that()
        .resideInAnyPackage(packages)
        .should(new BannedCalls("give the same answer on every JVM", BANS))
        .allowEmptyShould(true)
        .because("a failure of a pure piece must be the same failure when it is replayed");
  }
}
