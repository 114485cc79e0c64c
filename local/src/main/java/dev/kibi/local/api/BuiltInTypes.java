package dev.kibi.local.api;

import static dev.kibi.local.api.ResourceType.builtIn;

import dev.kibi.local.api.ResourceType.ScalePaths;
import dev.kibi.local.api.table.CoreColumns;
import java.util.List;

/** The kinds of Kubernetes itself that this server knows; one line each. */
final class BuiltInTypes {
  private static final ScalePaths REPLICAS =
      new ScalePaths(".spec.replicas", ".status.replicas", "");

  static final ResourceType NAMESPACE =
      builtIn("v1", "Namespace", "namespaces", "ns").clusterScoped();
  static final ResourceType SERVICE =
      builtIn("v1", "Service", "services", "svc")
          .inAll()
          .withStatus()
          .withColumns(CoreColumns.SERVICE);
  static final ResourceType POD =
      builtIn("v1", "Pod", "pods", "po").inAll().withStatus().withColumns(CoreColumns.POD);
  static final ResourceType CUSTOM_RESOURCE_DEFINITION =
      builtIn(
              "apiextensions.k8s.io/v1",
              "CustomResourceDefinition",
              "customresourcedefinitions",
              "crd",
              "crds")
          .clusterScoped();

  static final List<ResourceType> ALL =
      List.of(
          NAMESPACE,
          POD,
          SERVICE,
          builtIn("v1", "ConfigMap", "configmaps", "cm"),
          builtIn("v1", "Secret", "secrets"),
          builtIn("v1", "ServiceAccount", "serviceaccounts", "sa"),
          builtIn("v1", "PersistentVolumeClaim", "persistentvolumeclaims", "pvc").withStatus(),
          builtIn("v1", "Node", "nodes", "no").clusterScoped().withStatus(),
          builtIn("v1", "Event", "events", "ev").withColumns(CoreColumns.EVENT),
          builtIn("apps/v1", "StatefulSet", "statefulsets", "sts")
              .inAll()
              .withStatus()
              .withScale(REPLICAS)
              .withColumns(CoreColumns.STATEFUL_SET),
          builtIn("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", "pdb")
              .withStatus()
              .withColumns(CoreColumns.POD_DISRUPTION_BUDGET),
          builtIn("rbac.authorization.k8s.io/v1", "Role", "roles"),
          builtIn("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings"),
          builtIn("rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles").clusterScoped(),
          builtIn("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "clusterrolebindings")
              .clusterScoped(),
          builtIn("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", "netpol"),
          builtIn("coordination.k8s.io/v1", "Lease", "leases").withColumns(CoreColumns.LEASE),
          CUSTOM_RESOURCE_DEFINITION);

  private BuiltInTypes() {}
}
