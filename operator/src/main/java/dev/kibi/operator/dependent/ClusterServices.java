package dev.kibi.operator.dependent;

import dev.kibi.operator.model.DesiredObjects;
import dev.kibi.operator.model.Labels;
import io.fabric8.kubernetes.api.model.Service;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.List;

/** The Services: all nodes, replicas, and the headless one that gives pods their names. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED_SELECTOR))
public final class ClusterServices extends OwnedObjects<Service> {

  /** For the SDK, which makes dependents by reflection. */
  public ClusterServices() {
    super(Service.class);
  }

  @Override
  List<Service> select(DesiredObjects desired) {
    return desired.services();
  }
}
