package dev.kibi.operator.dependent;

import dev.kibi.operator.model.DesiredObjects;
import dev.kibi.operator.model.Labels;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.List;

/** What the nodes may do: read and replace the topology of their own cluster. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED_SELECTOR))
public final class NodeRole extends OwnedObjects<Role> {

  /** For the SDK, which makes dependents by reflection. */
  public NodeRole() {
    super(Role.class);
  }

  @Override
  List<Role> select(DesiredObjects desired) {
    return List.of(desired.role());
  }
}
