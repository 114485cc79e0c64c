package dev.kibi.operator.dependent;

import dev.kibi.operator.model.DesiredObjects;
import dev.kibi.operator.model.Labels;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.List;

/** The account the nodes run as. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED_SELECTOR))
public final class NodeServiceAccount extends OwnedObjects<ServiceAccount> {

  /** For the SDK, which makes dependents by reflection. */
  public NodeServiceAccount() {
    super(ServiceAccount.class);
  }

  @Override
  List<ServiceAccount> select(DesiredObjects desired) {
    return List.of(desired.serviceAccount());
  }
}
