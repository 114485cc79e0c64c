package dev.kibi.operator.dependent;

import dev.kibi.operator.model.DesiredObjects;
import dev.kibi.operator.model.Labels;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.List;

/** One PodDisruptionBudget per shard, unless the spec turns them off. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED_SELECTOR))
public final class ShardDisruptionBudgets extends OwnedObjects<PodDisruptionBudget> {

  /** For the SDK, which makes dependents by reflection. */
  public ShardDisruptionBudgets() {
    super(PodDisruptionBudget.class);
  }

  @Override
  List<PodDisruptionBudget> select(DesiredObjects desired) {
    return desired.disruptionBudgets();
  }
}
