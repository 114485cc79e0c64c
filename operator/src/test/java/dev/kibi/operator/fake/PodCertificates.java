package dev.kibi.operator.fake;

import dev.kibi.operator.model.Labels;
import dev.kibi.operator.model.Names;
import dev.kibi.protocol.peer.PeerHandshake;
import dev.kibi.protocol.peer.PeerIdentity;
import dev.kibi.protocol.peer.PeerIdentityException;
import dev.kibi.protocol.peer.PeerName;
import dev.kibi.protocol.peer.PeerRole;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What a node finds in the directory that its pod mounts. */
final class PodCertificates {

  private PodCertificates() {}

  /** The certificates at the start of the pod, or null where its links are in the clear. */
  static @Nullable SSLContext of(KubernetesClient client, Pod pod) {
    boolean mounted =
        pod.getSpec().getVolumes().stream().anyMatch(volume -> volume.getSecret() != null);
    if (!mounted) {
      return null;
    }
    Secret secret =
        client
            .secrets()
            .inNamespace("test")
            .withName(Names.peerNodeSecret(pod.getMetadata().getLabels().get(Labels.CLUSTER)))
            .require();
    try {
      PeerIdentity identity =
          PeerIdentity.read(
              new PeerName(clusterUid(pod), PeerRole.NODE),
              text(secret, PeerIdentity.CERTIFICATE_FILE),
              text(secret, PeerIdentity.KEY_FILE),
              text(secret, PeerIdentity.TRUSTED_FILE));
      return PeerHandshake.context(identity);
    } catch (PeerIdentityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String clusterUid(Pod pod) {
    return pod.getSpec().getContainers().getFirst().getEnv().stream()
        .filter(variable -> variable.getName().equals("KIBI_CLUSTER_UID"))
        .map(EnvVar::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static String text(Secret secret, String name) {
    return new String(
        Base64.getDecoder().decode(secret.getData().get(name)), StandardCharsets.US_ASCII);
  }
}
