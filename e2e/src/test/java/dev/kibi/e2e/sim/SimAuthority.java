package dev.kibi.e2e.sim;

import dev.kibi.crds.authority.Authority;
import dev.kibi.crds.authority.AuthorityUnavailableException;
import dev.kibi.crds.authority.CasOutcome;
import dev.kibi.crds.authority.InMemoryAuthority;
import dev.kibi.crds.authority.StoredTopology;
import dev.kibi.crds.authority.TopologyWatch;
import dev.kibi.protocol.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The stored topology behind an unreliable door: requests get lost, are applied without an answer,
 * are applied long after their sender gave up; reads are stale, watches lag, and all of it may be
 * away for a while.
 */
final class SimAuthority {

  private static final long DEADLINE = 500 * Timeline.MS;
  private static final int OLD_VERSIONS = 4;

  /** A compare-and-set. */
  record Request(long expectedVersion, Topology next, String opId) {}

  private enum Fate {
    ANSWERED,
    LOST,
    UNANSWERED,
    LATE
  }

  private record Watcher(Program program, Consumer<Topology> told) {}

  private final Simulation world;
  private final SplittableRandom random;
  private final InMemoryAuthority store = new InMemoryAuthority();
  private final List<Watcher> watchers = new ArrayList<>();
  private final List<Topology> versions = new ArrayList<>();
  private final long[] cutUntil = new long[Network.HOSTS_MAX];
  private Faults faults;
  private boolean away;

  SimAuthority(Simulation world, Faults faults) {
    this.world = world;
    this.random = world.random().split();
    this.faults = faults;
  }

  /** The newest version, if anything is stored. */
  @Nullable Topology newest() {
    return versions.isEmpty() ? null : versions.getLast();
  }

  /** Nobody is answered until it is back. */
  void leave() {
    away = true;
  }

  /** It answers again, everyone; watches begin with what is stored. */
  void comeBack() {
    away = false;
    Arrays.fill(cutUntil, 0);
    Topology now = newest();
    if (now != null) {
      watchers.forEach(watcher -> tell(watcher, now));
    }
  }

  /** Nobody on a host hears from it, or is heard, for a while. */
  void cut(int host, long until) {
    cutUntil[host] = until;
  }

  private boolean isAwayFor(Program program) {
    return away || cutUntil[program.host] > world.timeline().now();
  }

  /** From now on with other faults. */
  void suffer(Faults other) {
    faults = other;
  }

  // ---- nodes

  void watch(Program program, Consumer<Topology> told) {
    watchers.removeIf(watcher -> !watcher.program.alive());
    Watcher watcher = new Watcher(program, told);
    watchers.add(watcher);
    Topology now = newest();
    if (now != null && !away) {
      tell(watcher, now);
    }
  }

  /** Reads the topology, perhaps an old one; null when there is no answer. */
  void read(Program reader, Consumer<@Nullable Topology> answer) {
    boolean answered = !isAwayFor(reader) && !random(faults.casLost());
    Topology found = answered ? found() : null;
    long at = reader.time() + (answered ? delay() : DEADLINE);
    world.timeline().at(at, () -> reader.deliver(() -> answer.accept(found)));
  }

  /**
   * Sends a compare-and-set; the answer is null when nothing is known of it, as is more likely when
   * the sender is in trouble.
   */
  void compareAndSet(
      Program sender, Request request, boolean trouble, Consumer<@Nullable CasOutcome> answer) {
    if (!sender.alive()) {
      return;
    }
    Fate fate = trouble && random.nextBoolean() ? Fate.LATE : fate(sender);
    long arrives = sender.time() + delay() + (fate == Fate.LATE ? late() : 0);
    if (fate != Fate.LOST) {
      world
          .timeline()
          .at(
              arrives,
              () -> {
                CasOutcome outcome = fate != Fate.LATE && away ? null : store(sender.name, request);
                if (fate == Fate.ANSWERED) {
                  long at = outcome == null ? arrives + DEADLINE : arrives + delay();
                  world.timeline().at(at, () -> sender.deliver(() -> answer.accept(outcome)));
                }
              });
    }
    if (fate != Fate.ANSWERED) {
      long at = sender.time() + DEADLINE;
      world.timeline().at(at, () -> sender.deliver(() -> answer.accept(null)));
    }
  }

  // ---- operators

  /** As an operator sees it: every call is answered, or fails, before the next line runs. */
  Authority facing(Program caller) {
    return new Authority() {
      @Override
      public Optional<StoredTopology> get() {
        if (isAwayFor(caller) || random(faults.casLost())) {
          throw new AuthorityUnavailableException("no answer");
        }
        return Optional.ofNullable(found()).map(topology -> new StoredTopology(topology, "?"));
      }

      @Override
      public CasOutcome compareAndSet(long expectedVersion, Topology next, String opId) {
        Request request = new Request(expectedVersion, next, opId);
        Fate fate = away ? Fate.LOST : fate(caller);
        switch (fate) {
          case ANSWERED -> {
            CasOutcome outcome = store(caller.name, request);
            if (outcome != null) {
              return outcome;
            }
          }
          case UNANSWERED -> store(caller.name, request);
          case LATE -> world.timeline().after(late(), () -> store(caller.name, request));
          case LOST -> {}
        }
        throw new AuthorityUnavailableException("no answer");
      }

      @Override
      public TopologyWatch watch(Consumer<Topology> onTopology) {
        throw new UnsupportedOperationException("watch: by SimAuthority.watch");
      }
    };
  }

  /** A change by somebody else, at once; the change may also be none. */
  void change(UnaryOperator<Topology> change) {
    Topology now = newest();
    Topology next = now == null || away ? null : change.apply(now);
    if (now != null && next != null && next.version() > now.version()) {
      store("user", new Request(now.version(), next, "user" + now.version()));
    }
  }

  // ---- inside

  private @Nullable CasOutcome store(String sender, Request request) {
    Topology before = newest();
    CasOutcome outcome;
    try {
      outcome = store.compareAndSet(request.expectedVersion, request.next, request.opId);
    } catch (AuthorityUnavailableException e) {
      return null;
    }
    if (outcome instanceof CasOutcome.Refused refused) {
      throw new Violation(
          "NobodyAsksForTheForbidden",
          sender + " on " + Frames.describe(request.next) + ": " + refused.reason());
    }
    Topology now = store.get().orElseThrow().topology();
    if (before == null || now.version() > before.version()) {
      versions.add(now);
      world
          .story()
          .tell(
              world.timeline().now(),
              "authority",
              () -> "stores for " + sender + ": " + Frames.describe(now));
      world.laws().stored(before, now);
      if (!away) {
        watchers.forEach(watcher -> tell(watcher, now));
      }
    }
    return outcome;
  }

  private void tell(Watcher watcher, Topology topology) {
    if (watcher.program.alive()) {
      long cut = Math.max(0, cutUntil[watcher.program.host] - world.timeline().now());
      long lag = cut + (random(faults.watchLags()) ? random.nextLong(2 * Timeline.SECOND) : 0);
      world
          .timeline()
          .after(lag + delay(), () -> watcher.program.deliver(() -> watcher.told.accept(topology)));
    }
  }

  private @Nullable Topology found() {
    if (versions.isEmpty()) {
      return null;
    }
    int back = random(faults.staleRead()) ? random.nextInt(OLD_VERSIONS) : 0;
    return versions.get(Math.max(0, versions.size() - 1 - back));
  }

  private Fate fate(Program sender) {
    if (cutUntil[sender.host] > world.timeline().now() || random(faults.casLost())) {
      return Fate.LOST;
    }
    if (random(faults.casUnanswered())) {
      return Fate.UNANSWERED;
    }
    return random(faults.casLate()) ? Fate.LATE : Fate.ANSWERED;
  }

  private boolean random(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  private long delay() {
    return 1_000_000 + random.nextLong(8 * Timeline.MS);
  }

  private long late() {
    return random.nextLong(3 * Timeline.SECOND);
  }
}
