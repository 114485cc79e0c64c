package dev.kibi.operator.plan;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.wire.NodeReport;
import java.util.Optional;

/** Which pods are whole copies of their shards. */
final class Copies {

  private final Scene scene;

  Copies(Scene scene) {
    this.scene = scene;
  }

  /**
   * Whether a pod stays, is heard, is in sync and ready, all for the present epoch of its shard.
   * Ready in the sense of Kubernetes is not enough, nor is a report from an earlier epoch.
   */
  boolean isWhole(ObservedPod pod) {
    NodeReport report = pod.report();
    Optional<Shard> shard = scene.topology().shard(pod.shard());
    return report != null
        && shard.isPresent()
        && scene.liveness().isHeard(pod)
        && !pod.leaving()
        && report.ready()
        && report.epoch() == shard.get().epoch()
        && shard.get().inSync().contains(report.node());
  }

  /** The pod of the shard's master. */
  Optional<ObservedPod> masterPod(Shard shard) {
    return Optional.ofNullable(shard.master()).flatMap(scene.observed()::podOf);
  }

  boolean isMaster(ObservedPod pod) {
    NodeId master = scene.topology().shard(pod.shard()).map(Shard::master).orElse(null);
    return master != null && master.podUid().equals(pod.uid());
  }
}
