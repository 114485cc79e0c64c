package dev.kibi.protocol.peer;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a certificate says of its holder, in its only URI among the subject alternative names:
 * {@code kibi://CLUSTER_UID/node} or {@code kibi://CLUSTER_UID/operator}.
 *
 * <p>There is no host name: addresses change hands, and which pod answers is asked in the first
 * frame.
 */
public record PeerName(String clusterUid, PeerRole role) {
  private static final String SCHEME = "kibi://";

  /** The type of a URI among subject alternative names (RFC 5280, 4.2.1.6). */
  private static final int URI_TYPE = 6;

  public String uri() {
    return SCHEME + clusterUid + path(role);
  }

  /** The name in a certificate, if there is exactly one URI and it is such a name. */
  public static Optional<PeerName> of(X509Certificate certificate) {
    List<String> uris = uris(certificate);
    return uris.size() == 1 ? parse(uris.getFirst()) : Optional.empty();
  }

  private static Optional<PeerName> parse(String uri) {
    for (PeerRole role : PeerRole.values()) {
      String path = path(role);
      if (uri.startsWith(SCHEME)
          && uri.endsWith(path)
          && uri.length() > SCHEME.length() + path.length()) {
        String uid = uri.substring(SCHEME.length(), uri.length() - path.length());
        return uid.indexOf('/') < 0 ? Optional.of(new PeerName(uid, role)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static List<String> uris(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> Integer.valueOf(URI_TYPE).equals(name.get(0)))
              .map(name -> String.valueOf(name.get(1)))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static String path(PeerRole role) {
    return switch (role) {
      case NODE -> "/node";
      case OPERATOR -> "/operator";
    };
  }

  @Override
  public String toString() {
    return uri();
  }
}
