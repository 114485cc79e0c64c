package dev.kibi.e2e.kubernetes;

import java.nio.file.Path;
import java.util.Optional;

/** What the environment tells of a cluster that is not ours; ours needs to be told nothing. */
final class Environment {
  private static final String PULL_SECRET = "kibi-pull";

  private Environment() {}

  /** Whether {@code ./kibi kube up} made the cluster, and these tests have all power over it. */
  static boolean isOurs() {
    return isTrue("KIBI_KUBE_IS_OURS");
  }

  /** Whether nodes may be drained, cordoned and labelled. */
  static boolean mayDisturbNodes() {
    return isOurs() || isTrue("KIBI_MAY_DISTURB_NODES");
  }

  /** An image of this project by the name under which the cluster's nodes find it. */
  static String image(String name) {
    return System.getenv().getOrDefault("KIBI_IMAGE_PREFIX", "") + name;
  }

  /** The image of cache nodes, with its tag. */
  static String nodeImage() {
    return image("kibi/node:0.1.0");
  }

  /** What names of Services end with. */
  static String clusterDomain() {
    return System.getenv().getOrDefault("KIBI_CLUSTER_DOMAIN", "cluster.local");
  }

  /** The secrets with which images are pulled, in JSON, as a pod names them. */
  static String pullSecrets() {
    return pullConfiguration().isPresent() ? "[{\"name\": \"" + PULL_SECRET + "\"}]" : "[]";
  }

  /** Makes that secret in a namespace, where there is to be one. */
  static void createPullSecret(String namespace) {
    pullConfiguration()
        .ifPresent(file ->
            Tool.KUBECTL.runIn(
                namespace,
                "create",
                "secret",
                "generic",
                PULL_SECRET,
                "--type=kubernetes.io/dockerconfigjson",
                "--from-file=.dockerconfigjson=" + file));
  }

  private static Optional<Path> pullConfiguration() {
    return Optional.ofNullable(System.getenv("KIBI_PULL_SECRET_FILE")).map(Path::of);
  }

  private static boolean isTrue(String variable) {
    return "true".equals(System.getenv(variable));
  }
}
