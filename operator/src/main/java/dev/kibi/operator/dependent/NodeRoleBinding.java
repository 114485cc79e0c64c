package dev.kibi.operator.dependent;

import dev.kibi.operator.model.DesiredObjects;
import dev.kibi.operator.model.Labels;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.List;

/** Binds the account of the nodes to their role. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED_SELECTOR))
public final class NodeRoleBinding extends OwnedObjects<RoleBinding> {

  /** For the SDK, which makes dependents by reflection. */
  public NodeRoleBinding() {
    super(RoleBinding.class);
  }

  @Override
  List<RoleBinding> select(DesiredObjects desired) {
    return List.of(desired.roleBinding());
  }
}
