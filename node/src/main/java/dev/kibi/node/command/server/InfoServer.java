package dev.kibi.node.command.server;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.ClusterView;
import dev.kibi.node.command.ServerVersion;
import dev.kibi.node.command.Session;

/** The sections about the process, its clients and its keys. */
final class InfoServer {
  private static final long SECONDS_PER_DAY = 86_400;

  private InfoServer() {}

  static void server(Call call, InfoText text) {
    long uptimeSeconds = (call.now() - call.node().startedAtMs()) / 1000;
    text.section("Server");
    text.field("redis_version", ServerVersion.REDIS);
    text.field("kibi_version", ServerVersion.KIBI);
    text.field("redis_mode", "cluster");
    text.field(
        "os",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    text.field("arch_bits", 64);
    text.field("java_version", Runtime.version());
    text.field("process_id", ProcessHandle.current().pid());
    text.field("run_id", ClusterView.idOf(call.node().self()));
    text.field("tcp_port", call.node().config().get("port"));
    text.field("server_time_usec", call.now() * 1000);
    text.field("uptime_in_seconds", uptimeSeconds);
    text.field("uptime_in_days", uptimeSeconds / SECONDS_PER_DAY);
  }

  static void clients(Call call, InfoText text) {
    text.section("Clients");
    text.field("connected_clients", call.node().clients().count());
    text.field("maxclients", call.node().config().get("maxclients"));
    text.field(
        "blocked_clients",
        call.node().clients().sessions().stream().filter(Session::blocked).count());
    text.field("tracking_clients", 0);
  }

  /**
   * Nothing is written to disk; the fields are those clients wait for ({@code loading:0}) or alert
   * on.
   */
  static void persistence(Call call, InfoText text) {
    text.section("Persistence");
    text.field("loading", call.node().master() || call.node().masterLinkUp() ? 0 : 1);
    text.field("async_loading", 0);
    text.field("rdb_changes_since_last_save", 0);
    text.field("rdb_bgsave_in_progress", 0);
    text.field("rdb_last_save_time", call.node().startedAtMs() / 1000);
    text.field("rdb_last_bgsave_status", "ok");
    text.field("aof_enabled", 0);
    text.field("aof_rewrite_in_progress", 0);
    text.field("aof_last_bgrewrite_status", "ok");
    text.field("aof_last_write_status", "ok");
  }

  static void cluster(Call call, InfoText text) {
    text.section("Cluster");
    text.field("cluster_enabled", 1);
  }

  static void keyspace(Call call, InfoText text) {
    text.section("Keyspace");
    long keys = call.keyspace().size();
    if (keys > 0) {
      text.field("db0", "keys=" + keys + ",expires=" + call.keyspace().expiring() + ",avg_ttl=0");
    }
  }
}
