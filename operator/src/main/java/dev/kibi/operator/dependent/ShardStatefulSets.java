package dev.kibi.operator.dependent;

import dev.kibi.operator.model.DesiredObjects;
import dev.kibi.operator.model.Labels;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.List;

/** One StatefulSet per shard; that of a shard the topology still has is never removed. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED_SELECTOR))
public final class ShardStatefulSets extends OwnedObjects<StatefulSet> {

  /** For the SDK, which makes dependents by reflection. */
  public ShardStatefulSets() {
    super(StatefulSet.class);
  }

  @Override
  List<StatefulSet> select(DesiredObjects desired) {
    return desired.statefulSets();
  }
}
