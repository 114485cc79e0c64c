package dev.kibi.node.command.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.node.command.CommandSpec;
import dev.kibi.node.command.ReplicaStatus;
import dev.kibi.node.oracle.Conversation;
import dev.kibi.node.oracle.TestNode;
import dev.kibi.node.store.Keyspace;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ServerCommandsTest {
  private final Conversation talk = new Conversation();

  @Test
  void bareInfoHasWhatClientsWaitForAndLeavesLongSectionsOut() {
    assertThat(talk.say("INFO"))
        .contains("# Server\r\nredis_version:7.2.4\r\nkibi_version:")
        .contains(
            "redis_mode:cluster\r\n",
            "loading:0\r\n",
            "role:master\r\n",
            "# Cluster\r\ncluster_enabled:1\r\n")
        .contains("# Clients\r\nconnected_clients:1\r\n", "# Modules\r\n", "# Errorstats\r\n")
        .doesNotContain("# Commandstats", "# Latencystats");
  }

  @Test
  void infoShowsTheSectionsAskedFor() {
    assertThat(talk.say("INFO", "CLUSTER", "nope")).isEqualTo("# Cluster\r\ncluster_enabled:1\r\n");
    assertThat(talk.say("INFO", "everything"))
        .contains("# Commandstats\r\ncmdstat_info:calls=1,usec=");
    assertThat(talk.say("INFO", "nope")).isEmpty();
  }

  @Test
  void infoCountsCommandsAndErrors() {
    talk.say("PING");
    talk.say("PING");
    talk.say("CONFIG", "GET");
    talk.say("CLIENT", "LIST", "nope");
    assertThat(talk.say("INFO", "commandstats"))
        .containsPattern(
            "cmdstat_ping:calls=2,usec=\\d+,usec_per_call=[0-9.]+,rejected_calls=0,failed_calls=0\r\n")
        .contains(
            "cmdstat_config|get:calls=0,usec=0,usec_per_call=0.00,rejected_calls=1,failed_calls=0\r\n")
        .containsPattern("cmdstat_client\\|list:calls=1,.*failed_calls=1\r\n");
    assertThat(talk.say("INFO", "errorstats"))
        .isEqualTo("# Errorstats\r\nerrorstat_ERR:count=2\r\n");
    assertThat(talk.say("INFO", "latencystats"))
        .containsPattern("latency_percentiles_usec_ping:p50=[0-9.]+,p99=[0-9.]+,p99.9=[0-9.]+\r\n");
    assertThat(talk.say("LATENCY", "HISTOGRAM", "ping"))
        .startsWith("[ping, [calls, 2, histogram_usec, [");
    assertThat(talk.say("CONFIG", "RESETSTAT")).isEqualTo("OK");
    assertThat(talk.say("INFO", "commandstats")).doesNotContain("cmdstat_ping");
  }

  @Test
  void replicasAreListedByTheirMaster() {
    talk.node()
        .replicas
        .add(new ReplicaStatus(TestNode.SELF, 12, true, System.currentTimeMillis()));
    assertThat(talk.say("ROLE")).isEqualTo("[master, 0, [[127.0.0.1, 6379, 12]]]");
    assertThat(talk.say("INFO", "replication"))
        .contains(
            "connected_slaves:1\r\nslave0:ip=127.0.0.1,port=6379,state=online,offset=12,lag=0\r\n");
  }

  @Test
  void aReplicaNamesItsMaster() {
    talk.node().master = false;
    assertThat(talk.say("ROLE")).isEqualTo("[slave, 127.0.0.1, 6379, connected, 0]");
    talk.node().masterLinkUp = false;
    assertThat(talk.say("ROLE")).isEqualTo("[slave, 127.0.0.1, 6379, connect, 0]");
    assertThat(talk.say("INFO", "replication"))
        .contains(
            "role:slave\r\nmaster_host:127.0.0.1\r\nmaster_port:6379\r\nmaster_link_status:down\r\n");
  }

  @Test
  void keysAreCountedAndFlushed() {
    put("{t}a");
    put("{t}b");
    put("elsewhere");
    assertThat(talk.say("DBSIZE")).isEqualTo("3");
    assertThat(talk.say("INFO", "keyspace"))
        .isEqualTo("# Keyspace\r\ndb0:keys=3,expires=0,avg_ttl=0\r\n");
    String slot = talk.say("CLUSTER", "KEYSLOT", "{t}a");
    assertThat(talk.say("CLUSTER", "COUNTKEYSINSLOT", slot)).isEqualTo("2");
    assertThat(talk.say("CLUSTER", "GETKEYSINSLOT", slot, "1")).matches("\\[\\{t}[ab]]");
    assertThat(talk.say("CLUSTER", "GETKEYSINSLOT", slot, "9")).contains("{t}a", "{t}b");
    assertThat(Long.parseLong(talk.say("MEMORY", "USAGE", "elsewhere"))).isPositive();
    assertThat(talk.say("MEMORY", "STATS")).contains("keys.count, 3, keys.bytes-per-key, ");
    assertThat(talk.say("FLUSHALL")).isEqualTo("OK");
    assertThat(talk.say("DBSIZE")).isEqualTo("0");
  }

  @Test
  void settingsReachThoseWhoActOnThem() {
    StringBuilder seen = new StringBuilder();
    talk.node().config().onChange("maxmemory", value -> seen.append(value).append(' '));
    assertThat(talk.say("CONFIG", "SET", "maxmemory", "2mb", "timeout", "5")).isEqualTo("OK");
    assertThat(talk.say("CONFIG", "SET", "maxmemory", "3mb", "timeout", "nonsense"))
        .startsWith("-ERR CONFIG SET failed");
    assertThat(seen.toString()).as("all or nothing").isEqualTo("0 2097152 ");
  }

  @Test
  void theOperatorsCommandsAreRefusedWithAWayToDoIt() {
    for (CommandSpec spec : OperatorCommands.entries()) {
      String[] command = new String[Math.abs(spec.arity())];
      Arrays.fill(command, "1");
      command[0] = spec.name();
      assertThat(talk.say(command))
          .startsWith("-ERR " + spec.name() + " is not available: the Kibi operator ");
    }
    assertThat(talk.say("CONFIG", "REWRITE"))
        .startsWith("-ERR CONFIG REWRITE is not available: the Kibi operator ");
  }

  private void put(String name) {
    Keyspace keyspace = talk.ours().keyspace();
    byte[] bytes = name.getBytes(ISO_8859_1);
    keyspace.begin(System.currentTimeMillis());
    keyspace.put(keyspace.key(bytes, 0, bytes.length), bytes, 0, bytes.length, Keyspace.NO_EXPIRY);
    keyspace.commit();
  }
}
