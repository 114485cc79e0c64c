package dev.kibi.e2e.sim;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * A running program with one thread. What comes to it while it is frozen (SIGSTOP, a long garbage
 * collection) waits in order; what comes to it once it is dead is lost.
 *
 * <p>It may also be stopped in the middle of what it is doing: when it looks at the clock, the
 * clock has gone on. What it sends after that leaves that much later.
 */
abstract class Program {

  private static final int NOT_ARMED = -1;

  final Simulation world;
  final String name;
  final int host;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean alive = true;
  private boolean wakeAsked;
  private long frozenUntil;
  private long busyUntil;
  private long ahead;
  private int looksUntilStop = NOT_ARMED;
  private long stopNanos;
  private boolean stopIsDeath;

  Program(Simulation world, String name, int host) {
    this.world = world;
    this.name = name;
    this.host = host;
  }

  final boolean alive() {
    return alive;
  }

  /** The true time inside what runs now. */
  final long time() {
    return world.timeline().now() + ahead;
  }

  /** Gives it something to do, now or when it is awake again. */
  final void deliver(Runnable task) {
    if (!alive) {
      return;
    }
    if (isFrozen() || !waiting.isEmpty()) {
      waiting.add(task);
      askToWake();
    } else {
      run(task);
    }
  }

  final boolean isFrozen() {
    return frozenUntil > world.timeline().now();
  }

  /** Stops it between two things it does. */
  final void freeze(long nanos) {
    frozenUntil = Math.max(frozenUntil, world.timeline().now() + nanos);
  }

  /** Stops it while it does something: at the given look at the clock from now on. */
  final void stopAtLook(int looks, long nanos) {
    looksUntilStop = looks;
    stopNanos = nanos;
    stopIsDeath = false;
  }

  /** It dies while it does something: at the given look at the clock from now on. */
  final void dieAtLook(int looks) {
    looksUntilStop = looks;
    stopIsDeath = true;
  }

  /** Ends what stops it; but what it has done already, it has done when it looked at the clock. */
  final void thaw() {
    looksUntilStop = NOT_ARMED;
    frozenUntil = Math.max(world.timeline().now(), busyUntil);
    world.timeline().at(frozenUntil, this::wake);
  }

  /** It is gone at once, with all it was going to do. */
  void kill() {
    alive = false;
    waiting.clear();
    world.network().dead(this);
  }

  /** Called whenever it looks at the clock. */
  final void looked() {
    if (looksUntilStop > NOT_ARMED && looksUntilStop-- == 0) {
      if (stopIsDeath) {
        dieInside();
        return;
      }
      ahead += stopNanos;
      tell(() -> "is stopped for " + stopNanos / Timeline.MS + " ms in the middle of something");
    }
  }

  final void tell(Supplier<String> what) {
    world.story().tell(time(), name, what);
  }

  /** It dies in the middle of something, if it may. */
  abstract void dieInside();

  /** What is checked after everything it does. */
  abstract void stepped();

  private void run(Runnable task) {
    world.acting(this);
    task.run();
    if (ahead > 0) {
      freeze(ahead);
      busyUntil = world.timeline().now() + ahead;
      ahead = 0;
    }
    if (alive) {
      stepped();
    }
  }

  private void askToWake() {
    if (!wakeAsked) {
      wakeAsked = true;
      world
          .timeline()
          .at(
              frozenUntil,
              () -> {
                wakeAsked = false;
                wake();
              });
    }
  }

  private void wake() {
    while (alive && !waiting.isEmpty()) {
      if (isFrozen()) {
        askToWake();
        return;
      }
      run(waiting.remove());
    }
  }
}
