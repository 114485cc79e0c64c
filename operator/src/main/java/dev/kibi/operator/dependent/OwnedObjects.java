package dev.kibi.operator.dependent;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.model.DesiredObjects;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.GarbageCollected;
import io.javaoperatorsdk.operator.processing.dependent.CRUDKubernetesBulkDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects of one kind that a cluster owns: made, kept and removed so that they are the desired
 * ones. They carry an owner reference, without {@code blockOwnerDeletion}, which hardened clusters
 * forbid.
 */
abstract class OwnedObjects<R extends HasMetadata>
    extends KubernetesDependentResource<R, CacheCluster>
    implements CRUDKubernetesBulkDependentResource<R, CacheCluster>,
        GarbageCollected<CacheCluster> {

  OwnedObjects(Class<R> type) {
    super(type);
  }

  /** Those of this kind. */
  abstract List<R> select(DesiredObjects desired);

  @Override
  public Map<ResourceID, R> desiredResources(CacheCluster cluster, Context<CacheCluster> context) {
    DesiredObjects desired =
        context
            .managedWorkflowAndDependentResourceContext()
            .getMandatory(DesiredObjects.class, DesiredObjects.class);
    return byId(select(desired));
  }

  @Override
  public Map<ResourceID, R> getSecondaryResources(
      CacheCluster cluster, Context<CacheCluster> context) {
    return byId(context.getSecondaryResources(resourceType()));
  }

  private Map<ResourceID, R> byId(Iterable<R> objects) {
    Map<ResourceID, R> byId = new LinkedHashMap<>();
    objects.forEach(object -> byId.put(ResourceID.fromResource(object), object));
    return byId;
  }
}
