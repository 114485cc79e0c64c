package dev.kibi.node.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.node.command.ClusterView;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.oracle.Conversation;
import dev.kibi.node.oracle.TestNode;
import dev.kibi.protocol.slot.SlotMap;
import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.Durability;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Shard;
import dev.kibi.protocol.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ClusterCommandsTest {
  private static final NodeId SELF = TestNode.SELF;
  private static final NodeId REPLICA = new NodeId("pod-1", "first");
  private static final NodeId LEARNER = new NodeId("pod-2", "first");
  private static final NodeId OTHER = new NodeId("pod-3", "first");
  private static final NodeId OTHERS_REPLICA = new NodeId("pod-4", "first");

  private final Conversation talk = new Conversation();

  ClusterCommandsTest() {
    talk.node().topology = topology(1, SELF, OTHER);
  }

  @Test
  void slotsCoverAllHashSlotsAndNameReplicasThatHoldTheData() {
    assertThat(talk.say("CLUSTER", "SLOTS"))
        .isEqualTo(
            """
            [[0, 5471, [10.0.0.1, 6379, %1$s, []], [10.0.0.2, 6379, %2$s, []]], \
            [16368, 16383, [10.0.0.1, 6379, %1$s, []], [10.0.0.2, 6379, %2$s, []]], \
            [5472, 16367, [10.0.0.4, 6379, %3$s, []], [10.0.0.5, 6379, %4$s, []]]]\
            """
                .formatted(id(SELF), id(REPLICA), id(OTHER), id(OTHERS_REPLICA)));
  }

  @Test
  void nodesHaveExactlyTheFieldsOfRedis() {
    assertThat(talk.say("CLUSTER", "NODES"))
        .isEqualTo(
            """
            %1$s 10.0.0.1:6379@16379 myself,master - 0 0 5 connected 0-5471 16368-16383
            %2$s 10.0.0.2:6379@16379 slave %1$s 0 0 5 connected
            %3$s 10.0.0.3:6379@16379 slave %1$s 0 0 5 connected
            %4$s 10.0.0.4:6379@16379 master - 0 0 9 connected 5472-16367
            %5$s 10.0.0.5:6379@16379 slave %4$s 0 0 9 connected
            """
                .formatted(id(SELF), id(REPLICA), id(LEARNER), id(OTHER), id(OTHERS_REPLICA)));
  }

  @Test
  void shardsTellWhoIsStillLoading() {
    assertThat(talk.say("CLUSTER", "SHARDS"))
        .contains(
            "slots, [0, 5471, 16368, 16383], nodes, [[id, "
                + id(SELF)
                + ", port, 6379, ip, 10.0.0.1, endpoint, 10.0.0.1, role, master")
        .contains(
            "id, "
                + id(LEARNER)
                + ", port, 6379, ip, 10.0.0.3, endpoint, 10.0.0.3, role, replica, replication-offset, 0, health, loading")
        .contains(
            "id, "
                + id(REPLICA)
                + ", port, 6379, ip, 10.0.0.2, endpoint, 10.0.0.2, role, replica, replication-offset, 0, health, online");
  }

  @Test
  void aShardWithoutMasterKeepsNamingItsLastOne() {
    talk.say("CLUSTER", "SLOTS");
    talk.node().topology = topology(2, SELF, null);
    assertThat(talk.say("CLUSTER", "SLOTS"))
        .contains("[5472, 16367, [10.0.0.4, 6379, " + id(OTHER));
    assertThat(talk.say("CLUSTER", "NODES"))
        .contains(id(OTHER) + " 10.0.0.4:6379@16379 master,fail - 0 0 9 connected 5472-16367");
    assertThat(talk.say("CLUSTER", "INFO"))
        .contains("cluster_state:ok\r\n")
        .contains("cluster_slots_assigned:16384\r\ncluster_slots_ok:5488\r\n")
        .contains("cluster_slots_fail:10896\r\n");
  }

  @Test
  void infoCountsNodesMastersAndEpochs() {
    assertThat(talk.say("CLUSTER", "INFO"))
        .startsWith(
            "cluster_state:ok\r\ncluster_slots_assigned:16384\r\ncluster_slots_ok:16384\r\n")
        .contains(
            "cluster_known_nodes:5\r\ncluster_size:2\r\ncluster_current_epoch:9\r\ncluster_my_epoch:5\r\n");
  }

  @Test
  void beforeJoiningTheNodeSaysSo() {
    talk.node().topology = null;
    assertThat(talk.say("CLUSTER", "SLOTS"))
        .isEqualTo("-CLUSTERDOWN This node has not joined its cluster yet");
    assertThat(talk.say("CLUSTER", "INFO")).startsWith("cluster_state:fail\r\n");
    assertThat(talk.say("CLUSTER", "MYID")).isEqualTo(id(SELF));
  }

  @Test
  void replicasOfAMasterAreListed() {
    assertThat(talk.say("CLUSTER", "REPLICAS", id(OTHER)))
        .isEqualTo(
            "["
                + id(OTHERS_REPLICA)
                + " 10.0.0.5:6379@16379 slave "
                + id(OTHER)
                + " 0 0 9 connected]");
    assertThat(talk.say("CLUSTER", "REPLICAS", id(REPLICA)))
        .isEqualTo("-ERR The specified node is not a master");
    assertThat(talk.say("CLUSTER", "REPLICAS", "nobody")).isEqualTo("-ERR Unknown node nobody");
    assertThat(talk.say("CLUSTER", "COUNT-FAILURE-REPORTS", id(REPLICA))).isEqualTo("0");
  }

  @Test
  void idsAreFortyHexadecimalDigitsAndStayTheSame() {
    assertThat(id(SELF)).matches("[0-9a-f]{40}").isEqualTo(talk.say("CLUSTER", "MYID"));
    assertThat(talk.say("CLUSTER", "MYSHARDID"))
        .matches("[0-9a-f]{40}")
        .isEqualTo(talk.say("CLUSTER", "MYSHARDID"));
  }

  @Test
  void whatTheOperatorDecidesIsRefusedWithItsName() {
    assertThat(talk.say("CLUSTER", "ADDSLOTS", "1"))
        .isEqualTo(
            "-ERR CLUSTER ADDSLOTS is not available: the Kibi operator assigns and moves slots;"
                + " change spec.shards of the CacheCluster");
    CommandSpec cluster = Objects.requireNonNull(talk.table().named("cluster"));
    for (String never :
        List.of(
            "forget", "meet", "failover", "reset", "setslot", "replicate", "set-config-epoch")) {
      assertThat(cluster.subcommands())
          .anyMatch(spec -> spec.fullName().equals("cluster|" + never));
    }
  }

  @Test
  void readonlyIsRememberedByTheSession() {
    talk.say("READONLY");
    assertThat(talk.session().readOnly()).isTrue();
    talk.say("READWRITE");
    assertThat(talk.session().readOnly()).isFalse();
  }

  private static String id(NodeId node) {
    return ClusterView.idOf(node);
  }

  private static Topology topology(long version, NodeId master, @Nullable NodeId otherMaster) {
    return new Topology(
        "uid",
        1,
        version,
        1,
        Durability.PREFERRED,
        List.of(
            node(SELF, "10.0.0.1"),
            node(REPLICA, "10.0.0.2"),
            node(LEARNER, "10.0.0.3"),
            node(OTHER, "10.0.0.4"),
            node(OTHERS_REPLICA, "10.0.0.5")),
        List.of(
            new Shard(0, 5, master, false, List.of(SELF, REPLICA), List.of(), List.of(LEARNER)),
            new Shard(
                1, 9, otherMaster, false, List.of(OTHERS_REPLICA, OTHER), List.of(), List.of())),
        SlotMap.of(Map.of(0, SlotSet.parse("0-341,1023"), 1, SlotSet.parse("342-1022"))),
        List.of(),
        1);
  }

  private static NodeInfo node(NodeId id, String address) {
    return new NodeInfo(id, id.podUid(), "", address);
  }
}
