package dev.kibi.node;

import dev.kibi.node.store.EvictionPolicy;
import java.util.Map;

/**
 * What the environment says of this node.
 *
 * @param standalone no Kubernetes: one shard with all slots, this node its master (tests,
 *     benchmarks)
 * @param cluster name of the CacheCluster
 * @param namespace its namespace
 * @param clusterUid its uid
 * @param shard the shard this pod was made for
 * @param pod name of this pod
 * @param podUid uid of this pod
 * @param address IP that peers and clients reach this node at
 * @param host stable DNS name of this pod, empty where there is none
 * @param bind local address to listen on
 * @param memoryLimitBytes what the container may take, 0 for no limit
 * @param maxMemoryBytes limit for keys and values, 0 for none; never more than the heap has room
 *     for
 * @param timerFactor all the protocol's times are multiplied by it
 * @param backlogBytesMax how much of its log a node keeps
 * @param peerTlsDirectory where the certificates of peer links are, empty for links in the clear
 * @param password what clients must send, empty for nothing
 */
public record NodeConfig(
    boolean standalone,
    String cluster,
    String namespace,
    String clusterUid,
    int shard,
    String pod,
    String podUid,
    String address,
    String host,
    String bind,
    int clientPort,
    int peerPort,
    int httpPort,
    long memoryLimitBytes,
    long maxMemoryBytes,
    EvictionPolicy evictionPolicy,
    double timerFactor,
    int backlogBytesMax,
    String peerTlsDirectory,
    String password) {

  private static final int BACKLOG_BYTES_MIN = 64 << 10;
  private static final int BACKLOG_BYTES_MAX = 1 << 30;

  /**
   * The environment cannot be used; the message names the variable, its value and what was
   * expected.
   */
  public static final class InvalidConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidConfigException(String message) {
      super(message);
    }
  }

  /**
   * Reads the variables. A percentage of memory is one of the container's limit, or of the heap
   * where there is no limit.
   */
  public static NodeConfig from(Map<String, String> environment, HeapBudget heap)
      throws InvalidConfigException {
    EnvironmentReader in = new EnvironmentReader(environment);
    boolean standalone = in.flag("KIBI_STANDALONE");
    String cluster =
        standalone ? in.text("KIBI_CLUSTER", "standalone") : in.required("KIBI_CLUSTER");
    String namespace =
        standalone ? in.text("KIBI_NAMESPACE", "default") : in.required("KIBI_NAMESPACE");
    String pod = standalone ? in.text("KIBI_POD_NAME", "standalone") : in.required("KIBI_POD_NAME");
    String subdomain = in.text("KIBI_SUBDOMAIN", "");
    long memoryLimit = in.memory("KIBI_MEMORY_LIMIT", "0", heap.heapBytes());
    int backlog =
        in.bytes(
            "KIBI_BACKLOG",
            Long.toString(Math.max(BACKLOG_BYTES_MIN, heap.logBytes())),
            BACKLOG_BYTES_MIN,
            BACKLOG_BYTES_MAX);
    long dataWanted =
        in.memory(
            "KIBI_MAX_MEMORY",
            standalone ? "0" : "75%",
            memoryLimit == 0 ? heap.heapBytes() : memoryLimit);
    int clientPort = in.port("KIBI_CLIENT_PORT", "6379");
    int peerPort = in.port("KIBI_PEER_PORT", "16379");
    int httpPort = in.port("KIBI_HTTP_PORT", "9121");
    in.requireDistinct("KIBI_CLIENT_PORT", clientPort, "KIBI_PEER_PORT", peerPort);
    in.requireDistinct("KIBI_CLIENT_PORT", clientPort, "KIBI_HTTP_PORT", httpPort);
    in.requireDistinct("KIBI_PEER_PORT", peerPort, "KIBI_HTTP_PORT", httpPort);
    return new NodeConfig(
        standalone,
        cluster,
        namespace,
        standalone ? in.text("KIBI_CLUSTER_UID", "standalone") : in.required("KIBI_CLUSTER_UID"),
        in.number("KIBI_SHARD", standalone ? "0" : "", 0, 65_535),
        pod,
        standalone ? in.text("KIBI_POD_UID", "standalone") : in.required("KIBI_POD_UID"),
        standalone
            ? in.text("KIBI_POD_IP", in.text("KIBI_BIND", "127.0.0.1"))
            : in.required("KIBI_POD_IP"),
        subdomain.isEmpty()
            ? ""
            : pod + "." + subdomain + "." + namespace + ".svc" + in.domain("KIBI_CLUSTER_DOMAIN"),
        in.text("KIBI_BIND", standalone ? "127.0.0.1" : "0.0.0.0"),
        clientPort,
        peerPort,
        httpPort,
        memoryLimit,
        Math.min(dataWanted, heap.dataBytesMax(backlog)),
        in.policy("KIBI_EVICTION_POLICY", standalone ? "noeviction" : "allkeys-lru"),
        in.factor("KIBI_TIMER_FACTOR", "1"),
        backlog,
        in.text("KIBI_PEER_TLS_DIR", ""),
        in.text("KIBI_PASSWORD", ""));
  }
}
