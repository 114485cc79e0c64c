package dev.kibi.operator.act;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.certificate.Contents;
import dev.kibi.operator.model.Labels;
import dev.kibi.operator.model.Names;
import dev.kibi.operator.model.Ownership;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The two Secrets of a cluster's certificates, read and written as a whole. They are read by name,
 * never listed or watched: an operator has no business with other Secrets.
 */
final class PeerSecrets {
  private static final String TYPE = "Opaque";

  private final KubernetesClient client;

  PeerSecrets(KubernetesClient client) {
    this.client = client;
  }

  /** Both as they are stored. */
  record Stored(CacheCluster cluster, @Nullable Secret authority, @Nullable Secret node) {

    Contents contents() {
      return new Contents(texts(authority), texts(node));
    }
  }

  /**
   * Reads both.
   *
   * @throws KubernetesClientException when one cannot be read
   * @throws IllegalStateException when one is somebody else's
   */
  Stored read(CacheCluster cluster) {
    String name = cluster.getMetadata().getName();
    return new Stored(
        cluster,
        read(cluster, Names.peerAuthoritySecret(name)),
        read(cluster, Names.peerNodeSecret(name)));
  }

  /**
   * Writes what differs. Nodes are told first whom to believe: what they have not been told of is
   * never used, whatever fails in between.
   *
   * @throws KubernetesClientException when one cannot be written
   */
  void write(Stored stored, Contents next) {
    CacheCluster cluster = stored.cluster();
    String name = cluster.getMetadata().getName();
    write(cluster, Names.peerNodeSecret(name), stored.node(), next.node());
    write(cluster, Names.peerAuthoritySecret(name), stored.authority(), next.authority());
  }

  private @Nullable Secret read(CacheCluster cluster, String name) {
    Secret secret =
        client.secrets().inNamespace(cluster.getMetadata().getNamespace()).withName(name).get();
    if (secret != null && !isOurs(secret, cluster)) {
      throw new IllegalStateException(
          "Secret "
              + name
              + ": not made for this cluster (expected: none, or one owned by CacheCluster "
              + cluster.getMetadata().getName()
              + " of uid "
              + cluster.getMetadata().getUid()
              + ")");
    }
    return secret;
  }

  private static boolean isOurs(Secret secret, CacheCluster cluster) {
    return secret.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> owner.getUid().equals(cluster.getMetadata().getUid()));
  }

  private void write(
      CacheCluster cluster,
      String name,
      @Nullable Secret stored,
      @Nullable SortedMap<String, String> texts) {
    Map<String, String> next = Objects.requireNonNull(texts);
    if (stored == null) {
      client.resource(secret(cluster, name, next)).create();
    } else if (!next.equals(texts(stored))) {
      client.resource(new SecretBuilder(stored).withData(encoded(next)).build()).update();
    }
  }

  private static Secret secret(CacheCluster cluster, String name, Map<String, String> texts) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(cluster.getMetadata().getNamespace())
        .withName(name)
        .withLabels(Labels.ofCluster(cluster.getMetadata().getName()))
        .withOwnerReferences(Ownership.of(cluster))
        .endMetadata()
        .withType(TYPE)
        .withData(encoded(texts))
        .build();
  }

  private static Map<String, String> encoded(Map<String, String> texts) {
    Map<String, String> data = new TreeMap<>();
    texts.forEach((key, text) ->
        data.put(
            key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII))));
    return data;
  }

  /** What is no base64 is read as nothing: it is put right like any other garbage. */
  private static @Nullable SortedMap<String, String> texts(@Nullable Secret secret) {
    if (secret == null) {
      return null;
    }
    SortedMap<String, String> texts = new TreeMap<>();
    Map<String, String> data = secret.getData();
    if (data != null) {
      data.forEach((key, value) -> texts.put(key, decoded(value)));
    }
    return texts;
  }

  private static String decoded(String value) {
    try {
      return new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
