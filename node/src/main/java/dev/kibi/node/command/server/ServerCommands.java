package dev.kibi.node.command.server;

import static dev.kibi.node.command.AclCategory.ADMIN;
import static dev.kibi.node.command.AclCategory.DANGEROUS;
import static dev.kibi.node.command.AclCategory.KEYSPACE;
import static dev.kibi.node.command.CommandSpec.arity;
import static dev.kibi.node.command.CommandSpec.arityAtLeast;
import static dev.kibi.node.command.CommandSpec.entry;
import static dev.kibi.node.command.CommandSpec.flags;
import static dev.kibi.node.command.Flag.FAST;
import static dev.kibi.node.command.Flag.LOADING;
import static dev.kibi.node.command.Flag.NOSCRIPT;
import static dev.kibi.node.command.Flag.READONLY;
import static dev.kibi.node.command.Flag.STALE;
import static dev.kibi.node.command.Flag.WRITE;
import static dev.kibi.node.command.Tip.NONDETERMINISTIC_OUTPUT;
import static dev.kibi.node.command.Tip.REQUEST_ALL_SHARDS;
import static dev.kibi.node.command.Tip.RESPONSE_AGG_SUM;
import static dev.kibi.node.command.Tip.RESPONSE_ALL_SUCCEEDED;
import static dev.kibi.node.command.Tip.RESPONSE_SPECIAL;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.ClusterView;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.CommandFamily;
import dev.kibi.node.command.CommandGroup;
import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.ReplicaStatus;
import dev.kibi.node.command.ServerVersion;
import dev.kibi.node.resp.RespWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Commands about the whole node. */
public final class ServerCommands {
  private ServerCommands() {}

  /** The family's lines of the command table. */
  public static CommandFamily table() {
    List<CommandSpec> all = new ArrayList<>();
    all.addAll(
        List.of(
            CommandIntrospection.container(),
            Configuration.container(),
            entry(
                    "DBSIZE",
                    arity(1),
                    flags(READONLY, FAST),
                    call -> call.reply().integer(call.keyspace().size()))
                .tips(REQUEST_ALL_SHARDS, RESPONSE_AGG_SUM)
                .acl(KEYSPACE),
            entry("FLUSHALL", arityAtLeast(1), flags(WRITE), ServerCommands::flush)
                .tips(REQUEST_ALL_SHARDS, RESPONSE_ALL_SUCCEEDED)
                .acl(KEYSPACE, DANGEROUS),
            entry("FLUSHDB", arityAtLeast(1), flags(WRITE), ServerCommands::flush)
                .tips(REQUEST_ALL_SHARDS, RESPONSE_ALL_SUCCEEDED)
                .acl(KEYSPACE, DANGEROUS),
            entry("INFO", arityAtLeast(1), flags(LOADING, STALE), Info::info)
                .tips(NONDETERMINISTIC_OUTPUT, REQUEST_ALL_SHARDS, RESPONSE_SPECIAL)
                .acl(DANGEROUS),
            entry("LASTSAVE", arity(1), flags(LOADING, STALE, FAST), ServerCommands::lastSave)
                .tips(NONDETERMINISTIC_OUTPUT)
                .acl(ADMIN, DANGEROUS),
            Latency.container(),
            entry("LOLWUT", arityAtLeast(1), flags(READONLY, FAST), ServerCommands::lolwut),
            Memory.container(),
            entry("ROLE", arity(1), flags(NOSCRIPT, LOADING, STALE, FAST), ServerCommands::role)
                .acl(ADMIN, DANGEROUS),
            SlowLogCommands.container(),
            entry("TIME", arity(1), flags(LOADING, STALE, FAST), ServerCommands::time)
                .tips(NONDETERMINISTIC_OUTPUT)));
    all.addAll(OperatorCommands.entries());
    return new CommandFamily(CommandGroup.SERVER, all);
  }

  /** Memory is given back at once either way, so ASYNC and SYNC are the same here. */
  static void flush(Call call) {
    if (call.argc() > 2 || (call.argc() == 2 && !call.is(1, "ASYNC") && !call.is(1, "SYNC"))) {
      throw CommandError.syntax();
    }
    call.keyspace().clear();
    call.reply().ok();
  }

  /** Nothing is saved to disk: as in a Redis that never saved, this is the time of the start. */
  static void lastSave(Call call) {
    call.reply().integer(call.node().startedAtMs() / 1000);
  }

  /** Without the drawings; VERSION is checked and chooses nothing. */
  static void lolwut(Call call) {
    if (call.argc() > 2 && call.is(1, "VERSION")) {
      call.integer(2);
    }
    call.reply().verbatim("txt", "Redis ver. " + ServerVersion.REDIS + "\n");
  }

  static void time(Call call) {
    Instant now = Instant.now();
    call.reply().array(2);
    call.reply().bulk(now.getEpochSecond());
    call.reply().bulk(now.getNano() / 1000);
  }

  static void role(Call call) {
    RespWriter reply = call.reply();
    if (call.node().master()) {
      List<ReplicaStatus> replicas = call.node().replicas();
      reply.array(3);
      reply.bulk("master");
      reply.integer(call.node().replicationOffset());
      reply.array(replicas.size());
      for (ReplicaStatus replica : replicas) {
        Optional<ClusterView.Node> node = call.cluster().node(replica.id());
        reply.array(3);
        reply.bulk(node.map(known -> known.endpoint().host()).orElse(""));
        reply.bulk(node.map(known -> known.endpoint().port()).orElse(0));
        reply.bulk(replica.offset());
      }
    } else {
      Optional<ClusterView.Node> master = call.cluster().masterOf(call.node().self());
      reply.array(5);
      reply.bulk("slave");
      reply.bulk(master.map(known -> known.endpoint().host()).orElse(""));
      reply.integer(master.map(known -> known.endpoint().port()).orElse(0));
      reply.bulk(call.node().masterLinkUp() ? "connected" : "connect");
      reply.integer(call.node().replicationOffset());
    }
  }
}
