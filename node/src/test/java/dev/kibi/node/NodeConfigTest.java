package dev.kibi.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kibi.node.store.EvictionPolicy;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeConfigTest {

  private static final long MIB = 1 << 20;
  private static final HeapBudget HEAP = new HeapBudget(600 * MIB, 400 * MIB);

  private final Map<String, String> environment =
      new TreeMap<>(
          Map.of(
              "KIBI_CLUSTER", "shop",
              "KIBI_NAMESPACE", "default",
              "KIBI_CLUSTER_UID", "uid",
              "KIBI_SHARD", "2",
              "KIBI_POD_NAME", "shop-2-0",
              "KIBI_POD_UID", "pod-uid",
              "KIBI_POD_IP", "127.1.2.3",
              "KIBI_SUBDOMAIN", "shop-nodes"));

  @Test
  void whatTheOperatorSetsIsEnough() throws NodeConfig.InvalidConfigException {
    NodeConfig config = NodeConfig.from(environment, HEAP);
    assertThat(config.shard()).isEqualTo(2);
    assertThat(config.host()).isEqualTo("shop-2-0.shop-nodes.default.svc");
    assertThat(config.clientPort()).isEqualTo(6379);
    assertThat(config.backlogBytesMax()).isEqualTo(32 << 20);
    assertThat(config.maxMemoryBytes()).isEqualTo((368 * MIB) / 100 * 95);
    assertThat(config.evictionPolicy()).isEqualTo(EvictionPolicy.ALLKEYS_LRU);
  }

  @Test
  void aStandaloneNodeNeedsNothing() throws NodeConfig.InvalidConfigException {
    NodeConfig config = NodeConfig.from(Map.of("KIBI_STANDALONE", "true"), HEAP);
    assertThat(config.bind()).isEqualTo("127.0.0.1");
    assertThat(config.maxMemoryBytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "KIBI_SHARD, minus, 0..65535",
    "KIBI_SHARD, -1, 0..65535",
    "KIBI_CLIENT_PORT, 70000, 1..65535",
    "KIBI_MAX_MEMORY, lots, a quantity such as 512Mi",
    "KIBI_MAX_MEMORY, 0%, a quantity such as 512Mi",
    "KIBI_MAX_MEMORY, 12Q, a quantity such as 512Mi",
    "KIBI_MAX_MEMORY, 1.2.3Gi, a quantity such as 512Mi",
    "KIBI_MAX_MEMORY, 99999999999Ti, a quantity such as 512Mi",
    "KIBI_BACKLOG, 8Gi, a quantity from 65536 to 1073741824",
    "KIBI_BACKLOG, 1, a quantity from 65536 to 1073741824",
    "KIBI_HTTP_PORT, 6379, another port than KIBI_CLIENT_PORT",
    "KIBI_PEER_PORT, 6379, another port than KIBI_CLIENT_PORT",
    "KIBI_HTTP_PORT, 16379, another port than KIBI_PEER_PORT",
    "KIBI_EVICTION_POLICY, oldest, allkeys-lru",
    "KIBI_TIMER_FACTOR, 0, a number from 0.1 to 100",
    "KIBI_STANDALONE, maybe, true or false",
  })
  void whatCannotBeUsedIsNamedWithWhatWasExpected(String name, String value, String expected) {
    environment.put(name, value);
    assertThatThrownBy(() -> NodeConfig.from(environment, HEAP))
        .isInstanceOf(NodeConfig.InvalidConfigException.class)
        .hasMessageStartingWith(name + ": " + value + " (expected: ")
        .hasMessageContaining(expected);
  }

  @Test
  void whatIsMissingIsNamed() {
    environment.remove("KIBI_POD_UID");
    assertThatThrownBy(() -> NodeConfig.from(environment, HEAP))
        .hasMessageStartingWith("KIBI_POD_UID: not set");
  }

  @Test
  void memoryIsReadAsAKubernetesQuantity() throws NodeConfig.InvalidConfigException {
    environment.put("KIBI_MAX_MEMORY", "256Mi");
    assertThat(NodeConfig.from(environment, HEAP).maxMemoryBytes()).isEqualTo(256L << 20);
    environment.put("KIBI_MAX_MEMORY", "1.5Mi");
    assertThat(NodeConfig.from(environment, HEAP).maxMemoryBytes()).isEqualTo(3L << 19);
    environment.put("KIBI_MAX_MEMORY", "0.0015k");
    assertThat(NodeConfig.from(environment, HEAP).maxMemoryBytes()).isEqualTo(2);
  }

  @Test
  void aPercentageIsOfTheContainersLimit() throws NodeConfig.InvalidConfigException {
    environment.put("KIBI_MAX_MEMORY", "50%");
    environment.put("KIBI_MEMORY_LIMIT", "209715200");
    assertThat(NodeConfig.from(environment, HEAP).maxMemoryBytes()).isEqualTo(100 * MIB);
  }

  @ParameterizedTest
  @CsvSource({"100%", "400Mi", "1Ti"})
  void moreDataThanTheHeapHasRoomForIsNeverPromised(String maxMemory)
      throws NodeConfig.InvalidConfigException {
    environment.put("KIBI_MAX_MEMORY", maxMemory);
    environment.put("KIBI_BACKLOG", "100Mi");
    assertThat(NodeConfig.from(environment, HEAP).maxMemoryBytes())
        .isEqualTo((300 * MIB) / 100 * 95);
  }

  @Test
  void aFifthOfTheHeapIsForWhatDoesNotStay() throws NodeConfig.InvalidConfigException {
    environment.put("KIBI_BACKLOG", "20Mi");
    assertThat(NodeConfig.from(environment, new HeapBudget(400 * MIB, 400 * MIB)).maxMemoryBytes())
        .isEqualTo((300 * MIB) / 100 * 95);
  }

  @Test
  void aSmallHeapKeepsAShortLog() throws NodeConfig.InvalidConfigException {
    HeapBudget small = new HeapBudget(160 * MIB, 100 * MIB);
    assertThat(NodeConfig.from(environment, small).backlogBytesMax()).isEqualTo(10 << 20);
  }
}
