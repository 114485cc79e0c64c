package dev.kibi.operator.status;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.diagnosis.Trouble;
import dev.kibi.operator.model.DesiredCluster;
import dev.kibi.operator.plan.ObservedCluster;
import dev.kibi.operator.plan.Plan;
import dev.kibi.operator.plan.Timers;
import java.util.List;

/**
 * Everything a status is made of.
 *
 * @param problems what is wrong with the spec
 * @param failures what could not be done just now: objects that were not applied, an authority
 *     without an answer
 * @param troubles what keeps pods from working
 * @param nowNanos the monotonic clock the observation was stamped with
 */
public record Facts(
    CacheCluster cluster,
    DesiredCluster desired,
    List<String> problems,
    List<String> failures,
    List<Trouble> troubles,
    ObservedCluster observed,
    Plan plan,
    long nowNanos,
    Timers timers) {}
