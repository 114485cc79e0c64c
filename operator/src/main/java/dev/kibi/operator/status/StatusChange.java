package dev.kibi.operator.status;

import dev.kibi.crds.CacheClusterStatus;
import dev.kibi.crds.ShardStatus;
import dev.kibi.operator.plan.Reason;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What is different between two statuses, as far as it matters to people.
 *
 * @param isProgressOnly whether nothing but versions, counts and texts changed
 * @param announcements conditions that turned, for Events
 * @param losses generations that no earlier status has recorded, by rising number
 */
public record StatusChange(
    boolean isProgressOnly, List<Announcement> announcements, List<Loss> losses) {

  /** A condition that turned; a warning unless it turned for the better, or as was asked for. */
  public record Announcement(boolean warning, String reason, String message) {}

  /**
   * A generation in which shards went on without what all their copies had held. It is found in the
   * content and not in what the operator remembers of its steps: the answer to such a step may have
   * been lost, or the operator that took it may have died.
   */
  public record Loss(long generation, String reason, String message) {}

  /** The change to {@code next}; of a first status only a refused spec is announced. */
  public static StatusChange between(@Nullable CacheClusterStatus before, CacheClusterStatus next) {
    if (before == null) {
      return new StatusChange(false, refusals(next), losses(null, next));
    }
    List<Loss> losses = losses(before, next);
    boolean progressOnly =
        losses.isEmpty()
            && Objects.equals(before.getObservedGeneration(), next.getObservedGeneration())
            && Objects.equals(before.getShards(), next.getShards())
            && Objects.equals(before.getReadyShards(), next.getReadyShards());
    List<Announcement> announcements = new ArrayList<>();
    for (Condition condition : next.getConditions()) {
      Optional<Condition> old =
          before.getConditions().stream()
              .filter(c -> c.getType().equals(condition.getType()))
              .findFirst();
      progressOnly &= old.filter(c -> saysTheSame(c, condition)).isPresent();
      if (old.isPresent() && becameStuck(old.get(), condition)) {
        announcements.add(new Announcement(true, condition.getReason(), condition.getMessage()));
      }
      if (old.isPresent() && !old.get().getStatus().equals(condition.getStatus())) {
        announce(condition).ifPresent(announcements::add);
      }
    }
    return new StatusChange(progressOnly, announcements, losses);
  }

  /** A status of an operator that recorded no generation says nothing of losses before it. */
  private static List<Loss> losses(@Nullable CacheClusterStatus before, CacheClusterStatus next) {
    Long now = next.getDataGeneration();
    Long recorded =
        before == null ? Long.valueOf(Topology.FIRST_GENERATION) : before.getDataGeneration();
    if (now == null || recorded == null) {
      return List.of();
    }
    String shards = before == null ? "" : newEpochs(before, next);
    return LongStream.rangeClosed(recorded + 1, now)
        .mapToObj(generation ->
            new Loss(
                generation,
                Reason.ALL_COPIES_LOST.camelCase(),
                Reason.ALL_COPIES_LOST.sentence() + " Generation " + generation + shards))
        .toList();
  }

  private static String newEpochs(CacheClusterStatus before, CacheClusterStatus next) {
    Map<Integer, Long> epochs =
        before.getShardStatuses().stream()
            .collect(Collectors.toMap(ShardStatus::getId, ShardStatus::getEpoch));
    String shards =
        next.getShardStatuses().stream()
            .filter(shard -> shard.getEpoch() > epochs.getOrDefault(shard.getId(), 0L))
            .map(shard ->
                shard.getId()
                    + " (led by "
                    + shard.getMaster()
                    + ", epoch "
                    + shard.getEpoch()
                    + ")")
            .collect(Collectors.joining(", "));
    return shards.isEmpty() ? "" : "; shards with a new epoch: " + shards;
  }

  private static List<Announcement> refusals(CacheClusterStatus first) {
    return first.getConditions().stream()
        .filter(condition -> condition.getType().equals(ConditionType.SPEC_ACCEPTED.text()))
        .filter(condition -> !condition.getStatus().equals("True"))
        .flatMap(condition -> announce(condition).stream())
        .toList();
  }

  private static boolean saysTheSame(Condition before, Condition now) {
    return before.getStatus().equals(now.getStatus()) && before.getReason().equals(now.getReason());
  }

  private static boolean becameStuck(Condition before, Condition now) {
    return now.getReason().equals(RolloutVerdict.STUCK)
        && !before.getReason().equals(RolloutVerdict.STUCK);
  }

  /** Ready, SpecAccepted, Rebalancing and UpToDate; the others are reasons of Ready. */
  private static Optional<Announcement> announce(Condition condition) {
    boolean holds = condition.getStatus().equals("True");
    String type = condition.getType();
    if (type.equals(ConditionType.READY.text())
        || type.equals(ConditionType.SPEC_ACCEPTED.text())) {
      boolean warning = !holds && !condition.getReason().equals(Verdicts.SHARDS_STARTING);
      return Optional.of(new Announcement(warning, condition.getReason(), condition.getMessage()));
    }
    if (type.equals(ConditionType.UP_TO_DATE.text())) {
      return Optional.of(
          new Announcement(
              false, holds ? "RolloutEnded" : "RolloutStarted", condition.getMessage()));
    }
    if (type.equals(ConditionType.REBALANCING.text())) {
      boolean waits = !condition.getReason().equals(Verdicts.BALANCED);
      String ended = waits ? "RebalanceWaiting" : "RebalanceEnded";
      return Optional.of(
          new Announcement(false, holds ? "RebalanceStarted" : ended, condition.getMessage()));
    }
    return Optional.empty();
  }
}
