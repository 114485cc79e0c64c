package dev.kibi.protocol.peer;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes a certificate that an authority of the cluster has signed, that is valid now, and whose
 * name is of this cluster. A server's must be a node's; a client's may be an operator's too, and
 * whether it acts as one is looked at in its first frame.
 */
public final class PeerTrust extends X509ExtendedTrustManager {
  private static final Set<PeerRole> SERVERS = EnumSet.of(PeerRole.NODE);
  private static final Set<PeerRole> CLIENTS = EnumSet.allOf(PeerRole.class);

  private final String clusterUid;
  private final X509ExtendedTrustManager chains;

  private PeerTrust(String clusterUid, X509ExtendedTrustManager chains) {
    this.clusterUid = clusterUid;
    this.chains = chains;
  }

  public static PeerTrust of(PeerIdentity identity) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (X509Certificate authority : identity.trusted()) {
        store.setCertificateEntry(String.valueOf(authority.getSerialNumber()), authority);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return new PeerTrust(
          identity.name().clusterUid(),
          Arrays.stream(factory.getTrustManagers())
              .filter(X509ExtendedTrustManager.class::isInstance)
              .map(X509ExtendedTrustManager.class::cast)
              .findFirst()
              .orElseThrow());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK has PKCS12 and PKIX", e);
    }
  }

  private void requireName(X509Certificate[] chain, Set<PeerRole> roles)
      throws CertificateException {
    String found = PeerName.of(chain[0]).map(PeerName::uri).orElse("no name of Kibi");
    boolean fits =
        PeerName.of(chain[0])
            .filter(name -> name.clusterUid().equals(clusterUid) && roles.contains(name.role()))
            .isPresent();
    if (!fits) {
      throw new CertificateException(
          "certificate: " + found + " (expected: of cluster " + clusterUid + ", " + roles + ")");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    chains.checkClientTrusted(chain, authType, engine);
    requireName(chain, CLIENTS);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    chains.checkServerTrusted(chain, authType, engine);
    requireName(chain, SERVERS);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    chains.checkClientTrusted(chain, authType, socket);
    requireName(chain, CLIENTS);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    chains.checkServerTrusted(chain, authType, socket);
    requireName(chain, SERVERS);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    chains.checkClientTrusted(chain, authType);
    requireName(chain, CLIENTS);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    chains.checkServerTrusted(chain, authType);
    requireName(chain, SERVERS);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return chains.getAcceptedIssuers();
  }
}
