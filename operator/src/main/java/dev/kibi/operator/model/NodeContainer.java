package dev.kibi.operator.model;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The one container of a node's pod. Everything an API server would fill in and a server-side apply
 * compares (protocol, field reference version) is written out, else every comparison finds a
 * difference and writes for ever.
 */
final class NodeContainer {
  static final String NAME = "node";
  static final String SCRATCH_VOLUME = "tmp";

  static final String PEER_TLS_VOLUME = "peer-tls";
  private static final String PEER_TLS_DIRECTORY = "/var/run/kibi/peer-tls";

  /** A slow start is no hang: liveness counts only after it. */
  private static final int STARTUP_SECONDS_MAX = 300;

  private NodeContainer() {}

  static Container of(DesiredCluster cluster, int shard) {
    return new ContainerBuilder()
        .withName(NAME)
        .withImage(cluster.image())
        .withImagePullPolicy(cluster.imagePullPolicy())
        .withPorts(port("client", Ports.CLIENT), port("peer", Ports.PEER), port("http", Ports.HTTP))
        .withEnv(environment(cluster, shard))
        .withResources(cluster.resources())
        .withStartupProbe(probe("/livez", 1, STARTUP_SECONDS_MAX))
        .withReadinessProbe(probe("/readyz", 1, 2))
        .withLivenessProbe(probe("/livez", 10, 3))
        .withSecurityContext(restricted())
        .withVolumeMounts(mounts(cluster))
        .build();
  }

  private static List<VolumeMount> mounts(DesiredCluster cluster) {
    List<VolumeMount> mounts = new ArrayList<>();
    mounts.add(new VolumeMountBuilder().withName(SCRATCH_VOLUME).withMountPath("/tmp").build());
    if (cluster.peerTls()) {
      mounts.add(
          new VolumeMountBuilder()
              .withName(PEER_TLS_VOLUME)
              .withMountPath(PEER_TLS_DIRECTORY)
              .withReadOnly(true)
              .build());
    }
    return mounts;
  }

  private static List<EnvVar> environment(DesiredCluster cluster, int shard) {
    List<EnvVar> env = new ArrayList<>();
    env.add(value("KIBI_CLUSTER", cluster.name()));
    env.add(value("KIBI_CLUSTER_UID", cluster.uid()));
    env.add(value("KIBI_SHARD", Integer.toString(shard)));
    env.add(value("KIBI_SUBDOMAIN", Names.nodesService(cluster.name())));
    if (!cluster.clusterDomain().isEmpty()) {
      env.add(value("KIBI_CLUSTER_DOMAIN", cluster.clusterDomain()));
    }
    env.add(value("KIBI_MAX_MEMORY", cluster.maxMemory()));
    env.add(value("KIBI_EVICTION_POLICY", cluster.evictionPolicy()));
    env.add(value("KIBI_TIMER_FACTOR", cluster.timerFactor()));
    if (cluster.peerTls()) {
      env.add(value("KIBI_PEER_TLS_DIR", PEER_TLS_DIRECTORY));
    }
    env.add(field("KIBI_NAMESPACE", "metadata.namespace"));
    env.add(field("KIBI_POD_NAME", "metadata.name"));
    env.add(field("KIBI_POD_UID", "metadata.uid"));
    env.add(field("KIBI_POD_IP", "status.podIP"));
    env.add(memoryLimit());
    NodeHeap.option(cluster.resources())
        .ifPresent(option -> env.add(value("JDK_JAVA_OPTIONS", option)));
    return env;
  }

  private static EnvVar value(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  private static EnvVar field(String name, String path) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef()
        .withApiVersion("v1")
        .withFieldPath(path)
        .endFieldRef()
        .endValueFrom()
        .build();
  }

  /** Without a limit Kubernetes answers with what the machine can give. */
  private static EnvVar memoryLimit() {
    return new EnvVarBuilder()
        .withName("KIBI_MEMORY_LIMIT")
        .withNewValueFrom()
        .withNewResourceFieldRef()
        .withContainerName(NAME)
        .withResource("limits.memory")
        .withNewDivisor("1")
        .endResourceFieldRef()
        .endValueFrom()
        .build();
  }

  private static ContainerPort port(String name, int port) {
    return new ContainerPortBuilder()
        .withName(name)
        .withContainerPort(port)
        .withProtocol("TCP")
        .build();
  }

  private static Probe probe(String path, int periodSeconds, int failures) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withNewPort(Ports.HTTP)
        .withScheme("HTTP")
        .endHttpGet()
        .withPeriodSeconds(periodSeconds)
        .withTimeoutSeconds(2)
        .withFailureThreshold(failures)
        .build();
  }

  /**
   * The container's half of the restricted Pod Security profile; the pod's half is in the template.
   */
  private static SecurityContext restricted() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withRunAsNonRoot(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }
}
