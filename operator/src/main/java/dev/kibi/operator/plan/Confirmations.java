package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person has confirmed by the annotation {@link Goal#RECOVER_UNCLEANLY}: shards that shall
 * go on without copies which cannot be reached.
 *
 * <p>Each is {@code SHARD@EPOCH}, several have commas between them. The epoch is the one the shard
 * waits in; the recovery raises it, so none holds a second time.
 */
final class Confirmations {
  private static final Pattern CONFIRMATION =
      Pattern.compile("(0|[1-9][0-9]{0,3})@([1-9][0-9]{0,17})");

  private final List<String> given;

  Confirmations(String annotation) {
    given =
        annotation.isBlank()
            ? List.of()
            : Arrays.stream(annotation.split(",", -1)).map(String::strip).toList();
  }

  /** What a person has to confirm for a shard as it is now. */
  static String needed(Shard shard) {
    return shard.id() + "@" + shard.epoch();
  }

  boolean cover(Shard shard) {
    return given.contains(needed(shard));
  }

  /**
   * What is wrong with those that lead to nothing, in one sentence.
   *
   * @param waiting shards that wait for a copy that cannot be reached
   */
  Optional<String> complaint(Topology topology, List<Shard> waiting) {
    List<String> needed = waiting.stream().map(Confirmations::needed).toList();
    List<String> useless =
        given.stream()
            .filter(one -> !needed.contains(one) && !isPast(one, topology, waiting))
            .toList();
    return useless.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Goal.RECOVER_UNCLEANLY
                + ": "
                + String.join(",", useless)
                + " (expected: "
                + (needed.isEmpty()
                    ? "SHARD@EPOCH of a shard that waits for copies, and none does"
                    : String.join(",", needed))
                + ")");
  }

  /** Whether it has done its work, or was overtaken; nothing is said of it while nobody waits. */
  private static boolean isPast(String one, Topology topology, List<Shard> waiting) {
    Matcher matcher = CONFIRMATION.matcher(one);
    if (!matcher.matches()) {
      return false;
    }
    long epoch = Long.parseLong(matcher.group(2));
    return topology
        .shard(Integer.parseInt(matcher.group(1)))
        .map(shard -> shard.epoch() > epoch && !waiting.contains(shard))
        .orElse(waiting.isEmpty());
  }
}
