package dev.kibi.e2e.chaos;

/** What can happen to a cluster, with how often it does beside the others. */
enum Fault {
  KILL_MASTER("kill -9 of a master", 20, Needs.NOTHING, scene -> scene.kill(scene.master())),
  KILL_REPLICA("kill -9 of a replica", 6, Needs.NOTHING, scene -> scene.kill(scene.replica())),
  KILL_MASTER_THEN_REPLICA(
      "kill -9 of a master, then of a replica",
      6,
      Needs.THREE_COPIES,
      scene -> {
        scene.kill(scene.master());
        scene.later(scene.incident().gap(), () -> scene.kill(scene.replica()));
      }),
  KILL_REPLICA_THEN_MASTER(
      "kill -9 of a replica, then of a master",
      6,
      Needs.THREE_COPIES,
      scene -> {
        scene.kill(scene.replica());
        scene.later(scene.incident().gap(), () -> scene.kill(scene.master()));
      }),
  KILL_OPERATOR("kill -9 of the operator", 3, Needs.NOTHING, Scene::killOperator),
  KILL_OPERATOR_AND_MASTER(
      "kill -9 of the operator and a master",
      10,
      Needs.NOTHING,
      scene -> {
        scene.killOperator();
        scene.kill(scene.master());
      }),
  KILL_ALL("kill -9 of all nodes", 1, Needs.NOTHING, Scene::killAll),
  PAUSE_MASTER(
      "SIGSTOP of a master",
      12,
      Needs.NOTHING,
      scene -> scene.pause(scene.process(scene.master()))),
  PAUSE_REPLICA(
      "SIGSTOP of a replica",
      5,
      Needs.NOTHING,
      scene -> scene.pause(scene.process(scene.replica()))),
  /** Nobody can take the master's place before its process is back, with nothing. */
  RESTART_MASTER_EMPTY(
      "kill -9 of a master whose replicas and operator are frozen",
      4,
      Needs.NOTHING,
      scene -> {
        scene.pauseWhileAPodRestarts(scene.operator());
        scene.replicas().forEach(node -> scene.pauseWhileAPodRestarts(scene.process(node)));
        scene.kill(scene.master());
      }),
  PAUSE_OPERATOR(
      "SIGSTOP of the operator", 3, Needs.NOTHING, scene -> scene.pause(scene.operator())),
  /** The process that is stopped is the kubelet too: nothing is restarted or probed meanwhile. */
  FREEZE_API_SERVER(
      "API server frozen, kill -9 of a master",
      6,
      Needs.NOTHING,
      scene -> {
        scene.pause(scene.apiServer());
        scene.kill(scene.master());
      }),
  CUT_API_SERVER(
      "API server out of reach, kill -9 of a master",
      6,
      Needs.OWN_NETWORK,
      scene -> {
        scene.cut(scene.network().apiServer());
        scene.kill(scene.master());
      }),
  CUT_MASTER_OFF(
      "a master cut off from nodes and operator",
      6,
      Needs.OWN_NETWORK,
      scene -> scene.cut(scene.network().allPeersOf(scene.master().address()))),
  CUT_REPLICA_OFF(
      "a replica cut off from nodes and operator",
      4,
      Needs.OWN_NETWORK,
      scene -> scene.cut(scene.network().allPeersOf(scene.replica().address()))),
  CUT_MASTER_TO_REPLICA(
      "a master's packets to a replica lost",
      5,
      Needs.OWN_NETWORK,
      scene -> scene.cut(Cut.oneWay(scene.master().address(), scene.replica().address()))),
  CUT_REPLICA_TO_MASTER(
      "a replica's packets to its master lost",
      5,
      Needs.OWN_NETWORK,
      scene -> scene.cut(Cut.oneWay(scene.replica().address(), scene.master().address()))),
  STEP_CLOCK_OF_MASTER(
      "the clock of a master is set wrong",
      4,
      Needs.CLOCKS,
      scene -> scene.stepClock(scene.master().pod())),
  STEP_CLOCK_OF_REPLICA(
      "the clock of a replica is set wrong, kill -9 of its master",
      4,
      Needs.CLOCKS,
      scene -> {
        scene.stepClock(scene.replica().pod());
        scene.kill(scene.master());
      }),
  STEP_CLOCK_OF_OPERATOR(
      "the clock of the operator is set wrong, kill -9 of a master",
      4,
      Needs.CLOCKS,
      scene -> {
        scene.stepClock(Clocks.OPERATOR);
        scene.kill(scene.master());
      });

  /** What has to be there for a fault to be possible. */
  enum Needs {
    NOTHING,
    /** So that one copy is left when two are gone. */
    THREE_COPIES,
    /** So that no packet filter can touch anything but this run. */
    OWN_NETWORK,
    /** Clocks that can be set for one process alone, with libfaketime. */
    CLOCKS
  }

  /** What a fault does. */
  @FunctionalInterface
  private interface Deed {
    void on(Scene scene);
  }

  private final String title;
  private final int weight;
  private final Needs needs;

  @SuppressWarnings("ImmutableEnumChecker") // Each is a lambda that captures nothing.
  private final Deed deed;

  Fault(String title, int weight, Needs needs, Deed deed) {
    this.title = title;
    this.weight = weight;
    this.needs = needs;
    this.deed = deed;
  }

  /** How many times as often as a fault of weight 1 it happens. */
  int weight() {
    return weight;
  }

  Needs needs() {
    return needs;
  }

  /** Whether its shard needs a new master, while there is an API server to write that down. */
  boolean isFailover() {
    return switch (this) {
      case KILL_MASTER,
          KILL_MASTER_THEN_REPLICA,
          KILL_OPERATOR_AND_MASTER,
          STEP_CLOCK_OF_REPLICA,
          STEP_CLOCK_OF_OPERATOR ->
          true;
      default -> false;
    };
  }

  /** Begins it; what lasts goes on in the scene. */
  void strike(Scene scene) {
    deed.on(scene);
  }

  @Override
  public String toString() {
    return title;
  }
}
