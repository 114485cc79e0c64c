package dev.kibi.node.command;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.topology.NodeInfo;
import dev.kibi.protocol.topology.Topology;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What commands may ask of the node around them; the lane implements it. */
public interface NodeContext {
  /** The topology this node acts on, or null before it has joined. */
  @Nullable Topology topology();

  NodeId self();

  /** The shard this node belongs to. */
  int shardId();

  /** Whether this node serves writes of its shard now. */
  boolean master();

  /** On a replica: whether the stream from the master flows. */
  boolean masterLinkUp();

  /** On a replica: when the master was heard last, in ms since the epoch; 0 never. */
  long masterLastHeardMs();

  /** The LSN of the last effect this node has: written on a master, applied on a replica. */
  long replicationOffset();

  /** On a master: the replicas connected to it. */
  List<ReplicaStatus> replicas();

  /** How clients reach a node. */
  Endpoint endpointOf(NodeInfo node);

  ClientRegistry clients();

  ClientPause pause();

  LiveConfig config();

  /** When the process started, in ms since the epoch. */
  long startedAtMs();

  /** Bytes received from and sent to clients since the start, for INFO. */
  TrafficTotals traffic();

  /**
   * Answers {@code call}'s client later with the number of replicas that have acknowledged its last
   * write: once {@code replicas} have, or after {@code timeoutMs} (0 = never). The call is left
   * blocked.
   */
  void awaitReplicas(Call call, int replicas, long timeoutMs);

  /**
   * Ends another client's blocking command, by time-out or with an error; answers false when it was
   * not blocked.
   */
  boolean unblock(Session session, boolean withError);

  /** Totals since the start. */
  record TrafficTotals(long inputBytes, long outputBytes) {}
}
