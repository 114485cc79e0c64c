package dev.kibi.node.oracle;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Server and cluster commands, written by hand, against the oracle. */
final class ServerScriptTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void everyServerCommandAnswersLikeTheOracle(int protocol) {
    try (Differential differential = Differential.start(protocol)) {
      differential.script(
          """
          DBSIZE
          DBSIZE x
          FLUSHALL
          FLUSHALL ASYNC
          FLUSHALL SYNC
          FLUSHALL nope
          FLUSHALL ASYNC SYNC
          FLUSHDB sync
          TIME
          ROLE
          LASTSAVE
          LOLWUT
          LOLWUT VERSION 9
          LOLWUT VERSION x
          INFO
          INFO nope
          INFO server clients
          MEMORY USAGE {t}missing
          MEMORY USAGE {t}missing SAMPLES 5
          MEMORY USAGE {t}missing SAMPLES x
          MEMORY USAGE {t}missing SAMPLES -1
          MEMORY USAGE {t}missing SAMPLES
          MEMORY USAGE {t}missing NOPE 5
          MEMORY NOPE
          SLOWLOG GET -2
          SLOWLOG GET x
          SLOWLOG GET 1 2
          SLOWLOG RESET
          SLOWLOG HELP
          LATENCY HISTOGRAM nope
          """);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void settingsAreReadAndRefusedLikeTheOracleDoes(int protocol) {
    try (Differential differential = Differential.start(protocol)) {
      differential.script(
          """
          CONFIG GET maxmemory
          CONFIG GET maxmemory-policy maxmemory
          CONFIG GET MAXMEMORY-POLIC?
          CONFIG GET nope
          CONFIG GET
          CONFIG SET maxmemory
          CONFIG SET maxmemory 1 x
          CONFIG SET nope 1
          CONFIG SET maxmemory x
          CONFIG SET maxmemory 1.5mb
          CONFIG SET maxmemory -1
          CONFIG SET maxmemory 1 MAXMEMORY 2
          CONFIG SET DATABASES 3
          CONFIG SET cluster-enabled no
          CONFIG SET maxmemory-policy nope
          CONFIG SET timeout x
          CONFIG SET timeout -1
          CONFIG SET maxclients 0
          CONFIG SET slowlog-max-len 12 nope 1
          CONFIG GET slowlog-max-len
          CONFIG SET slowlog-max-len 12 timeout 1000 maxmemory-policy ALLKEYS-LRU
          CONFIG GET slowlog-max-len
          CONFIG GET timeout
          CONFIG GET maxmemory-policy
          CONFIG SET slowlog-max-len 128 timeout 0 maxmemory-policy noeviction
          CONFIG SET maxmemory 100MB
          CONFIG GET maxmemory
          CONFIG SET maxmemory 0b
          CONFIG GET maxmemory
          CONFIG SET
          CONFIG NOPE
          """);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theClusterIsAskedAboutLikeTheOracle(int protocol) {
    try (Differential differential = Differential.start(protocol)) {
      differential.script(
          """
          CLUSTER KEYSLOT a
          CLUSTER KEYSLOT {user1000}.following
          CLUSTER KEYSLOT foo{}{bar}
          CLUSTER KEYSLOT foo{{bar}}zap
          CLUSTER KEYSLOT ""
          CLUSTER COUNTKEYSINSLOT 0
          CLUSTER COUNTKEYSINSLOT -1
          CLUSTER COUNTKEYSINSLOT 16384
          CLUSTER COUNTKEYSINSLOT x
          CLUSTER GETKEYSINSLOT 0 10
          CLUSTER GETKEYSINSLOT 16384 1
          CLUSTER GETKEYSINSLOT 0 -1
          CLUSTER GETKEYSINSLOT 0 x
          CLUSTER REPLICAS nope
          CLUSTER SLAVES nope
          CLUSTER COUNT-FAILURE-REPORTS nope
          CLUSTER MYID
          CLUSTER SLOTS
          CLUSTER SHARDS
          CLUSTER NODES
          CLUSTER INFO
          CLUSTER LINKS
          CLUSTER NOPE
          CLUSTER SLOTS x
          CLUSTER
          READONLY
          READWRITE
          ASKING
          """);
    }
  }
}
