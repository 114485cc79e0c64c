package dev.kibi.operator.status;

import dev.kibi.operator.plan.Hold;
import dev.kibi.operator.plan.Reason;
import dev.kibi.protocol.topology.Topology;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decides what each condition says.
 *
 * <p>{@code Ready} means: every slot is served, every shard of the spec exists with all its copies
 * in sync, and nothing the operator has to do fails. A rebalance under way is no lack of readiness,
 * {@code Rebalancing} tells of it.
 */
final class Verdicts {
  /** Why a cluster is not ready while it becomes, or grows to, what its spec asks for. */
  static final String SHARDS_STARTING = "ShardsStarting";

  /** Why no slots move when none has to. */
  static final String BALANCED = "Balanced";

  /** Holds that are about more than a rebalance: people must see them first. */
  private static final Set<Reason> TROUBLE =
      EnumSet.of(
          Reason.FOREIGN_TOPOLOGY,
          Reason.TOPOLOGY_MISSING,
          Reason.TOPOLOGY_WENT_BACK,
          Reason.WAITING_FOR_COPIES);

  private static final int NAMED_MAX = 5;

  private final Facts facts;
  private final List<ShardHealth> shards;

  Verdicts(Facts facts, List<ShardHealth> shards) {
    this.facts = facts;
    this.shards = shards;
  }

  Map<ConditionType, Verdict> all() {
    Map<ConditionType, Verdict> verdicts = new EnumMap<>(ConditionType.class);
    verdicts.put(ConditionType.SPEC_ACCEPTED, specAccepted());
    verdicts.put(ConditionType.SLOTS_COVERED, slotsCovered());
    verdicts.put(ConditionType.REPLICATED, replicated());
    verdicts.put(ConditionType.REBALANCING, rebalancing());
    verdicts.put(ConditionType.UP_TO_DATE, new RolloutVerdict(facts).get());
    verdicts.put(ConditionType.DATA_INTACT, dataIntact());
    verdicts.put(ConditionType.READY, ready(verdicts));
    return verdicts;
  }

  private Verdict specAccepted() {
    if (!facts.problems().isEmpty()) {
      return Verdict.no("InvalidSpec", String.join("; ", facts.problems()));
    }
    return facts
        .plan()
        .hold(Reason.NOT_ENOUGH_MEMORY)
        .or(() -> facts.plan().hold(Reason.CONFIRMATION_UNUSABLE))
        .map(hold -> Verdict.no(hold.reason().camelCase(), text(hold)))
        .orElseGet(() -> Verdict.yes("Accepted", "The spec can be done."));
  }

  private Verdict slotsCovered() {
    Optional<Hold> trouble =
        facts.plan().holds().stream().filter(hold -> TROUBLE.contains(hold.reason())).findFirst();
    if (trouble.isPresent()) {
      return Verdict.no(trouble.get().reason().camelCase(), text(trouble.get()));
    }
    if (facts.observed().topology() == null) {
      if (!facts.problems().isEmpty()) {
        return specAccepted(); // What the plan holds back, it holds back for this.
      }
      return facts.plan().holds().stream()
          .findFirst()
          .map(hold -> Verdict.no(hold.reason().camelCase(), text(hold)))
          .orElseGet(() -> Verdict.no("Starting", "The first topology is being made."));
    }
    return lacking(shard -> shard.slots() > 0 && !shard.serving(), ShardHealth::lackOfMaster)
        .map(message -> Verdict.no("MasterNotServing", message))
        .orElseGet(() -> Verdict.yes("AllSlotsServed", "Every slot has a master that serves."));
  }

  private Verdict replicated() {
    if (facts.observed().topology() == null) {
      return Verdict.no("Starting", "There is no shard yet.");
    }
    return lacking(shard -> !shard.isReplicated(), ShardHealth::lackOfCopies)
        .map(message -> Verdict.no("CopiesMissing", message))
        .orElseGet(() ->
            Verdict.yes(
                "AllInSync",
                "Every shard has " + facts.desired().podsPerShard() + " copies in sync."));
  }

  private Verdict rebalancing() {
    Topology topology = facts.observed().topology();
    int moving = topology == null ? 0 : topology.movingSlots().size();
    int pending = facts.plan().pendingSlots();
    if (moving > 0) {
      return Verdict.yes("SlotsMoving", moving + " slots are moving, " + pending + " wait.");
    }
    Optional<Hold> hold = facts.plan().holds().stream().findFirst();
    if (pending > 0 && hold.isPresent()) {
      return Verdict.no(
          hold.get().reason().camelCase(), pending + " slots wait. " + text(hold.get()));
    }
    return pending > 0
        ? Verdict.yes("SlotsMoving", pending + " slots wait.")
        : Verdict.no(BALANCED, "Every shard owns its share of the slots.");
  }

  /** A loss is never forgotten: it stays until the cluster is made anew. */
  private Verdict dataIntact() {
    Topology topology = facts.observed().topology();
    long losses = topology == null ? 0 : topology.generation() - Topology.FIRST_GENERATION;
    return losses == 0
        ? Verdict.yes("NothingLost", "No shard has lost all its copies.")
        : Verdict.no(
            Reason.ALL_COPIES_LOST.camelCase(),
            "Shards were opened again without what all their copies had held: "
                + losses
                + (losses == 1 ? " time." : " times."));
  }

  private Verdict ready(Map<ConditionType, Verdict> verdicts) {
    if (!facts.failures().isEmpty()) {
      return Verdict.no("OperationFailed", String.join("; ", facts.failures()));
    }
    Verdict verdict = complete(verdicts);
    return verdict.holds() || facts.troubles().isEmpty() ? verdict : becauseOfTrouble(verdict);
  }

  /** What is lacking, and before it what keeps the pods from working that would mend it. */
  private Verdict becauseOfTrouble(Verdict lacking) {
    return Verdict.no(
        facts.troubles().getFirst().reason(),
        RolloutVerdict.sentences(facts.troubles()) + "; " + lacking.message());
  }

  private Verdict complete(Map<ConditionType, Verdict> verdicts) {
    for (ConditionType type : List.of(ConditionType.SLOTS_COVERED, ConditionType.REPLICATED)) {
      Verdict verdict = verdicts.get(type);
      if (verdict != null && !verdict.holds()) {
        return verdict;
      }
    }
    Set<Integer> present = shards.stream().map(ShardHealth::id).collect(Collectors.toSet());
    List<Integer> missing =
        IntStream.range(0, facts.desired().shards())
            .filter(id -> !present.contains(id))
            .boxed()
            .toList();
    if (!missing.isEmpty() && facts.problems().isEmpty() && !facts.desired().paused()) {
      return Verdict.no(SHARDS_STARTING, "Shards " + missing + " do not exist yet.");
    }
    return Verdict.yes("Ready", shards.size() + " shards serve all slots, all copies are in sync.");
  }

  /** A sentence about the shards that lack something, or nothing when none does. */
  private Optional<String> lacking(
      Predicate<ShardHealth> lacks, Function<ShardHealth, String> sentence) {
    List<ShardHealth> lacking = shards.stream().filter(lacks).toList();
    if (lacking.isEmpty()) {
      return Optional.empty();
    }
    String named =
        lacking.stream().limit(NAMED_MAX).map(sentence).collect(Collectors.joining("; "));
    int more = lacking.size() - NAMED_MAX;
    return Optional.of(more > 0 ? named + "; and " + more + " more" : named);
  }

  static String text(Hold hold) {
    return hold.reason().sentence() + " " + hold.message();
  }
}
