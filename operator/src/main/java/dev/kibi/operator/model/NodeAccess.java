package dev.kibi.operator.model;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;

/** What a node may do with the API server: read and compare-and-set the topology of its cluster. */
final class NodeAccess {
  private static final String API_GROUP = "kibi.dev";
  private static final String TOPOLOGIES = "cachetopologies";

  private NodeAccess() {}

  static ServiceAccount serviceAccount(DesiredCluster cluster) {
    return new ServiceAccountBuilder().withMetadata(metadata(cluster)).build();
  }

  static Role role(DesiredCluster cluster) {
    return new RoleBuilder()
        .withMetadata(metadata(cluster))
        .addNewRule()
        .withApiGroups(API_GROUP)
        .withResources(TOPOLOGIES)
        .withResourceNames(Names.topology(cluster.name()))
        .withVerbs("get", "watch", "list", "update")
        .endRule()
        .build();
  }

  static RoleBinding roleBinding(DesiredCluster cluster) {
    String account = Names.nodeAccount(cluster.name());
    return new RoleBindingBuilder()
        .withMetadata(metadata(cluster))
        .withNewRoleRef()
        .withApiGroup("rbac.authorization.k8s.io")
        .withKind("Role")
        .withName(account)
        .endRoleRef()
        .addNewSubject()
        .withKind("ServiceAccount")
        .withNamespace(cluster.namespace())
        .withName(account)
        .endSubject()
        .build();
  }

  private static ObjectMeta metadata(DesiredCluster cluster) {
    return new ObjectMetaBuilder()
        .withNamespace(cluster.namespace())
        .withName(Names.nodeAccount(cluster.name()))
        .withLabels(Labels.ofCluster(cluster.name()))
        .build();
  }
}
