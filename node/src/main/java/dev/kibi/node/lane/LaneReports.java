package dev.kibi.node.lane;

import dev.kibi.node.shard.ReplicationLog;
import dev.kibi.node.shard.ShardMachine;
import dev.kibi.node.store.Keyspace;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.NodeReport;
import dev.kibi.protocol.wire.NodeRole;
import java.util.ArrayList;
import java.util.List;

/** What a lane is and sees: told to the operators that are linked, and to whoever asks. */
final class LaneReports {

  private final NodeIdentity self;
  private final ShardMachine machine;
  private final Keyspace keyspace;
  private final SlotStore store;
  private final ReplicationLog log;
  private final Replication replication;
  private final LaneDeparture departure;
  private final LaneClock clock;
  private final List<OperatorLink> operators = new ArrayList<>();
  private volatile NodeReport latest;

  LaneReports(
      NodeIdentity self,
      ShardMachine machine,
      Keyspace keyspace,
      SlotStore store,
      ReplicationLog log,
      Replication replication,
      LaneDeparture departure,
      LaneClock clock) {
    this.self = self;
    this.machine = machine;
    this.keyspace = keyspace;
    this.store = store;
    this.log = log;
    this.replication = replication;
    this.departure = departure;
    this.clock = clock;
    this.latest = make();
  }

  /** A little old; safe for every thread. */
  NodeReport latest() {
    return latest;
  }

  /** Makes a new one and sends it to every operator. */
  void tell() {
    latest = make();
    List.copyOf(operators).forEach(operator -> operator.report(latest));
  }

  void linked(OperatorLink link) {
    operators.add(link);
    latest = make();
    link.report(latest);
  }

  void unlinked(OperatorLink link) {
    operators.remove(link);
  }

  private NodeReport make() {
    boolean copying = replication.isSnapshotting();
    boolean master = machine.role() == NodeRole.MASTER;
    return new NodeReport(
        self.clusterUid(),
        self.id(),
        self.pod(),
        self.host(),
        self.address(),
        self.shard(),
        machine.role(),
        machine.topology().map(Topology::version).orElse(0L),
        copying ? 0 : log.history().lastEpoch(),
        machine.epoch(),
        copying ? 0 : log.end(),
        master ? machine.commitLsn() : replication.applier().appliedLsn(),
        machine.isReady(clock.nanos()),
        departure.isLeaving(),
        machine.suspects(),
        store.keys(),
        store.usedBytes(),
        keyspace.maxBytes());
  }
}
