package dev.kibi.e2e.process;

import dev.kibi.operator.certificate.Contents;
import dev.kibi.operator.certificate.Holdings;
import dev.kibi.operator.model.Names;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the Secrets of a cluster hold, read as an administrator can. */
public final class PeerSecretsOf {

  private PeerSecretsOf() {}

  public static Holdings read(KubernetesClient client, String namespace, String cluster) {
    return new Contents(
            texts(client, namespace, Names.peerAuthoritySecret(cluster)),
            texts(client, namespace, Names.peerNodeSecret(cluster)))
        .read()
        .holdings();
  }

  private static SortedMap<String, String> texts(
      KubernetesClient client, String namespace, String name) {
    Secret secret = client.secrets().inNamespace(namespace).withName(name).require();
    SortedMap<String, String> texts = new TreeMap<>();
    secret
        .getData()
        .forEach((key, value) ->
            texts.put(
                key, new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII)));
    return texts;
  }
}
