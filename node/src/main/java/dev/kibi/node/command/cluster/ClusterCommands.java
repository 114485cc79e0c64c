package dev.kibi.node.command.cluster;

import static dev.kibi.node.command.CommandSpec.arity;
import static dev.kibi.node.command.CommandSpec.arityAtLeast;
import static dev.kibi.node.command.CommandSpec.entry;
import static dev.kibi.node.command.CommandSpec.flags;
import static dev.kibi.node.command.Flag.ADMIN;
import static dev.kibi.node.command.Flag.FAST;
import static dev.kibi.node.command.Flag.LOADING;
import static dev.kibi.node.command.Flag.NOSCRIPT;
import static dev.kibi.node.command.Flag.NO_ASYNC_LOADING;
import static dev.kibi.node.command.Flag.STALE;
import static dev.kibi.node.command.OperatorOnly.refuse;
import static dev.kibi.node.command.Tip.NONDETERMINISTIC_OUTPUT;

import dev.kibi.node.command.AclCategory;
import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandFamily;
import dev.kibi.node.command.CommandGroup;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.HelpText;

/**
 * Commands by which clients learn the cluster. What would change it belongs to the operator and is
 * refused.
 */
public final class ClusterCommands {
  private static final String SLOTS =
      "assigns and moves slots; change spec.shards of the CacheCluster";
  private static final String MEMBERS =
      "decides which nodes belong to the cluster; change the CacheCluster";
  private static final String MASTERS =
      "elects masters; delete the master's pod to have another one elected";
  private static final String EPOCHS = "alone counts epochs, in the CacheTopology";

  private ClusterCommands() {}

  /** The family's lines of the command table. */
  public static CommandFamily table() {
    return CommandFamily.of(
        CommandGroup.CLUSTER,
        entry("ASKING", arity(1), flags(FAST), call -> call.reply().ok())
            .acl(AclCategory.CONNECTION),
        container(),
        entry("READONLY", arity(1), flags(LOADING, STALE, FAST), call -> readOnly(call, true))
            .acl(AclCategory.CONNECTION),
        entry("READWRITE", arity(1), flags(LOADING, STALE, FAST), call -> readOnly(call, false))
            .acl(AclCategory.CONNECTION));
  }

  private static CommandSpec container() {
    return CommandSpec.container(
        "CLUSTER",
        flags(),
        entry("ADDSLOTS", arityAtLeast(3), flags(ADMIN, STALE, NO_ASYNC_LOADING), refuse(SLOTS)),
        entry(
            "ADDSLOTSRANGE", arityAtLeast(4), flags(ADMIN, STALE, NO_ASYNC_LOADING), refuse(SLOTS)),
        entry("BUMPEPOCH", arity(2), flags(ADMIN, STALE, NO_ASYNC_LOADING), refuse(EPOCHS))
            .tips(NONDETERMINISTIC_OUTPUT),
        entry(
                "COUNT-FAILURE-REPORTS",
                arity(3),
                flags(ADMIN, STALE),
                ClusterNodes::countFailureReports)
            .tips(NONDETERMINISTIC_OUTPUT),
        entry("COUNTKEYSINSLOT", arity(3), flags(STALE), SlotKeys::count),
        entry("DELSLOTS", arityAtLeast(3), flags(ADMIN, STALE, NO_ASYNC_LOADING), refuse(SLOTS)),
        entry(
            "DELSLOTSRANGE", arityAtLeast(4), flags(ADMIN, STALE, NO_ASYNC_LOADING), refuse(SLOTS)),
        entry("FAILOVER", arityAtLeast(2), flags(ADMIN, STALE, NO_ASYNC_LOADING), refuse(MASTERS)),
        entry("FLUSHSLOTS", arity(2), flags(ADMIN, STALE, NO_ASYNC_LOADING), refuse(SLOTS)),
        entry("FORGET", arity(3), flags(ADMIN, STALE, NO_ASYNC_LOADING), refuse(MEMBERS)),
        entry("GETKEYSINSLOT", arity(4), flags(STALE), SlotKeys::get).tips(NONDETERMINISTIC_OUTPUT),
        entry("HELP", arity(2), flags(LOADING, STALE), HelpText.of("cluster")),
        entry("INFO", arity(2), flags(STALE), ClusterInfo::info).tips(NONDETERMINISTIC_OUTPUT),
        entry("KEYSLOT", arity(3), flags(STALE), SlotKeys::slotOf),
        entry("LINKS", arity(2), flags(STALE), call -> call.reply().array(0))
            .tips(NONDETERMINISTIC_OUTPUT),
        entry("MEET", arityAtLeast(4), flags(ADMIN, STALE, NO_ASYNC_LOADING), refuse(MEMBERS)),
        entry("MYID", arity(2), flags(STALE), ClusterNodes::myId),
        entry("MYSHARDID", arity(2), flags(STALE), ClusterNodes::myShardId)
            .tips(NONDETERMINISTIC_OUTPUT),
        entry("NODES", arity(2), flags(STALE), ClusterNodes::nodes).tips(NONDETERMINISTIC_OUTPUT),
        entry("REPLICAS", arity(3), flags(ADMIN, STALE), ClusterNodes::replicas)
            .tips(NONDETERMINISTIC_OUTPUT),
        entry("REPLICATE", arity(3), flags(ADMIN, STALE, NO_ASYNC_LOADING), refuse(MASTERS)),
        entry("RESET", arityAtLeast(2), flags(ADMIN, NOSCRIPT, STALE), refuse(MEMBERS)),
        entry(
            "SAVECONFIG",
            arity(2),
            flags(ADMIN, STALE, NO_ASYNC_LOADING),
            refuse("keeps the CacheTopology")),
        entry("SET-CONFIG-EPOCH", arity(3), flags(ADMIN, STALE, NO_ASYNC_LOADING), refuse(EPOCHS)),
        entry("SETSLOT", arityAtLeast(4), flags(ADMIN, STALE, NO_ASYNC_LOADING), refuse(SLOTS)),
        entry("SHARDS", arity(2), flags(STALE), ClusterSlots::shards).tips(NONDETERMINISTIC_OUTPUT),
        entry("SLAVES", arity(3), flags(ADMIN, STALE), ClusterNodes::replicas)
            .tips(NONDETERMINISTIC_OUTPUT),
        entry("SLOTS", arity(2), flags(STALE), ClusterSlots::slots).tips(NONDETERMINISTIC_OUTPUT));
  }

  private static void readOnly(Call call, boolean readOnly) {
    call.session().readOnly(readOnly);
    call.reply().ok();
  }
}
