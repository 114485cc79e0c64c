package dev.kibi.operator.model;

import dev.kibi.crds.SchedulingSpec;
import dev.kibi.crds.SpreadMode;
import dev.kibi.crds.SpreadSpec;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the copies of one shard apart. Preferred is a spread constraint that the scheduler may
 * break, so that a small cluster still starts; required is an anti-affinity, because a spread
 * constraint lets two copies share a machine as soon as there are more copies than machines.
 */
final class Spread {

  private static final String NODE = "kubernetes.io/hostname";
  private static final String ZONE = "topology.kubernetes.io/zone";

  private Spread() {}

  /** Constraints for what is preferred. */
  static List<TopologySpreadConstraint> constraints(SpreadSpec spread, Map<String, String> copies) {
    return keys(spread, SpreadMode.PREFERRED).stream()
        .map(key ->
            new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey(key)
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(copies)
                .endLabelSelector()
                .build())
        .toList();
  }

  /** The user's affinity, with what is required added. */
  static @Nullable Affinity affinity(SchedulingSpec scheduling, Map<String, String> copies) {
    List<String> required = keys(scheduling.getSpread(), SpreadMode.REQUIRED);
    Affinity given = scheduling.getAffinity();
    if (required.isEmpty()) {
      return given;
    }
    AffinityBuilder affinity = given == null ? new AffinityBuilder() : new AffinityBuilder(given);
    for (String key : required) {
      affinity
          .editOrNewPodAntiAffinity()
          .addToRequiredDuringSchedulingIgnoredDuringExecution(apart(key, copies))
          .endPodAntiAffinity();
    }
    return affinity.build();
  }

  private static PodAffinityTerm apart(String key, Map<String, String> copies) {
    return new PodAffinityTermBuilder()
        .withTopologyKey(key)
        .withNewLabelSelector()
        .withMatchLabels(new TreeMap<>(copies))
        .endLabelSelector()
        .build();
  }

  private static List<String> keys(SpreadSpec spread, SpreadMode mode) {
    List<String> keys = new ArrayList<>();
    if (spread.getNode() == mode) {
      keys.add(NODE);
    }
    if (spread.getZone() == mode) {
      keys.add(ZONE);
    }
    return keys;
  }
}
