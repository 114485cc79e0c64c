package dev.kibi.node.command.server;

import static dev.kibi.node.command.AclCategory.DANGEROUS;
import static dev.kibi.node.command.AclCategory.KEYSPACE;
import static dev.kibi.node.command.CommandSpec.arity;
import static dev.kibi.node.command.CommandSpec.arityAtLeast;
import static dev.kibi.node.command.CommandSpec.entry;
import static dev.kibi.node.command.CommandSpec.flags;
import static dev.kibi.node.command.CommandSpec.keys;
import static dev.kibi.node.command.Flag.ADMIN;
import static dev.kibi.node.command.Flag.ALLOW_BUSY;
import static dev.kibi.node.command.Flag.ASKING;
import static dev.kibi.node.command.Flag.DENYOOM;
import static dev.kibi.node.command.Flag.LOADING;
import static dev.kibi.node.command.Flag.NOSCRIPT;
import static dev.kibi.node.command.Flag.NO_ASYNC_LOADING;
import static dev.kibi.node.command.Flag.NO_MULTI;
import static dev.kibi.node.command.Flag.STALE;
import static dev.kibi.node.command.Flag.WRITE;
import static dev.kibi.node.command.OperatorOnly.refuse;

import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.KeyFlag;
import dev.kibi.node.command.KeySpec;
import java.util.List;

/**
 * Redis' own replication and process commands. Nodes replicate over links of their own, which the
 * operator directs.
 */
final class OperatorCommands {
  private static final String REPLICATION =
      "decides who replicates whom; change spec.replicas of the CacheCluster";
  private static final String MASTERS =
      "elects masters; delete the master's pod to have another one elected";
  private static final String PROCESS =
      "starts and stops nodes; delete the pod or change the CacheCluster";
  private static final String DISK =
      "keeps data in replicas; this server writes no dump or append-only file";

  private OperatorCommands() {}

  static List<CommandSpec> entries() {
    return List.of(
        entry("BGREWRITEAOF", arity(1), flags(ADMIN, NOSCRIPT, NO_ASYNC_LOADING), refuse(DISK)),
        entry("FAILOVER", arityAtLeast(1), flags(ADMIN, NOSCRIPT, STALE), refuse(MASTERS)),
        entry(
            "PSYNC",
            arityAtLeast(3),
            flags(ADMIN, NOSCRIPT, NO_ASYNC_LOADING, NO_MULTI),
            refuse(REPLICATION)),
        entry(
            "REPLCONF",
            arityAtLeast(1),
            flags(ADMIN, NOSCRIPT, LOADING, STALE, ALLOW_BUSY),
            refuse(REPLICATION)),
        entry(
            "REPLICAOF",
            arity(3),
            flags(ADMIN, NOSCRIPT, STALE, NO_ASYNC_LOADING),
            refuse(REPLICATION)),
        entry(
                "RESTORE-ASKING",
                arityAtLeast(4),
                flags(WRITE, DENYOOM, ASKING),
                keys(KeySpec.key(1, KeyFlag.OW, KeyFlag.UPDATE)),
                refuse("moves slots with their keys; change spec.shards of the CacheCluster"))
            .acl(KEYSPACE, DANGEROUS),
        entry(
            "SHUTDOWN",
            arityAtLeast(1),
            flags(ADMIN, NOSCRIPT, LOADING, STALE, NO_MULTI, ALLOW_BUSY),
            refuse(PROCESS)),
        entry(
            "SLAVEOF",
            arity(3),
            flags(ADMIN, NOSCRIPT, STALE, NO_ASYNC_LOADING),
            refuse(REPLICATION)),
        entry(
            "SYNC",
            arity(1),
            flags(ADMIN, NOSCRIPT, NO_ASYNC_LOADING, NO_MULTI),
            refuse(REPLICATION)));
  }
}
