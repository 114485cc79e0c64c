package dev.kibi.operator.certificate;

import dev.kibi.protocol.peer.PeerIdentity;
import dev.kibi.protocol.peer.PeerIdentityException;
import dev.kibi.protocol.peer.PeerRole;
import dev.kibi.protocol.peer.Pem;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holdings as the texts of the two Secrets.
 *
 * <pre>
 * CLUSTER-peer-ca   ca.crt, ca.key              the newest authority
 *                   previous.crt, previous.key  the one before, while it is believed
 *                   tls.crt, tls.key            the operator's certificate
 * CLUSTER-peer-tls  tls.crt, tls.key            the nodes' certificate
 *                   ca.crt                      every authority that is believed
 * </pre>
 *
 * @param authority the texts of the first; null where there is no such Secret
 * @param node those of the second
 */
public record Contents(
    @Nullable SortedMap<String, String> authority, @Nullable SortedMap<String, String> node) {
  private static final String CA_CERTIFICATE = PeerIdentity.TRUSTED_FILE;
  private static final String CA_KEY = "ca.key";
  private static final String PREVIOUS_CERTIFICATE = "previous.crt";
  private static final String PREVIOUS_KEY = "previous.key";
  private static final String CERTIFICATE = PeerIdentity.CERTIFICATE_FILE;
  private static final String KEY = PeerIdentity.KEY_FILE;

  /** What was read, and what could not be. */
  public record Reading(Holdings holdings, List<String> complaints) {}

  public static Contents of(Holdings held) {
    SortedMap<String, String> authority = new TreeMap<>();
    put(authority, CA_CERTIFICATE, CA_KEY, held.authority());
    put(authority, PREVIOUS_CERTIFICATE, PREVIOUS_KEY, held.previous());
    put(authority, held.operator());
    SortedMap<String, String> node = new TreeMap<>();
    put(node, held.node());
    node.put(
        PeerIdentity.TRUSTED_FILE,
        held.trusted().stream().map(Pem::text).collect(Collectors.joining()));
    return new Contents(authority, node);
  }

  /** Reads as much as can be read. */
  public Reading read() {
    List<String> complaints = new ArrayList<>();
    Map<String, String> first = authority == null ? Map.of() : authority;
    Map<String, String> second = node == null ? Map.of() : node;
    Authority newest = authority(first, CA_CERTIFICATE, CA_KEY, authority != null, complaints);
    Authority previous = authority(first, PREVIOUS_CERTIFICATE, PREVIOUS_KEY, false, complaints);
    Leaf operator = leaf(first, PeerRole.OPERATOR, authority != null, complaints);
    Leaf nodes = leaf(second, PeerRole.NODE, node != null, complaints);
    if (newest == null && previous == null) {
      previous = believedByNodes(second, complaints);
    }
    return new Reading(new Holdings(newest, previous, nodes, operator), List.copyOf(complaints));
  }

  /** Without its key an authority is still believed, until what it signed has been renewed. */
  private static @Nullable Authority believedByNodes(
      Map<String, String> node, List<String> complaints) {
    if (node.get(PeerIdentity.TRUSTED_FILE) == null) {
      return null;
    }
    try {
      return Pem.certificates(PeerIdentity.TRUSTED_FILE, node.get(PeerIdentity.TRUSTED_FILE))
          .stream()
          .max(Comparator.comparing(X509Certificate::getNotAfter))
          .map(certificate -> new Authority(certificate, null))
          .orElse(null);
    } catch (PeerIdentityException e) {
      complaints.add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static @Nullable Authority authority(
      Map<String, String> texts,
      String certificateName,
      String keyName,
      boolean expected,
      List<String> complaints) {
    X509Certificate read =
        certificate(texts, certificateName, expected ? "an authority" : null, complaints);
    return read == null ? null : new Authority(read, key(texts, keyName, read, complaints));
  }

  /** The first of a text; what cannot be read is complained of, and what is missing if expected. */
  private static @Nullable X509Certificate certificate(
      Map<String, String> texts, String name, @Nullable String expected, List<String> complaints) {
    String text = texts.get(name);
    if (text == null) {
      if (expected != null) {
        complaints.add(name + ": missing (expected: " + expected + ")");
      }
      return null;
    }
    try {
      return Pem.certificates(name, text).getFirst();
    } catch (PeerIdentityException e) {
      complaints.add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static @Nullable PrivateKey key(
      Map<String, String> texts,
      String name,
      X509Certificate certificate,
      List<String> complaints) {
    String text = texts.get(name);
    if (text == null) {
      return null;
    }
    try {
      PrivateKey key = Pem.privateKey(name, text);
      if (PeerIdentity.belongTogether(certificate, key)) {
        return key;
      }
      complaints.add(name + ": of another certificate (expected: the key of its neighbour)");
    } catch (PeerIdentityException e) {
      complaints.add(String.valueOf(e.getMessage()));
    }
    return null;
  }

  private static @Nullable Leaf leaf(
      Map<String, String> texts, PeerRole role, boolean expected, List<String> complaints) {
    X509Certificate read =
        certificate(texts, CERTIFICATE, expected ? "a certificate of " + role : null, complaints);
    PrivateKey key = read == null ? null : key(texts, KEY, read, complaints);
    return read == null || key == null ? null : new Leaf(read, key);
  }

  private static void put(
      Map<String, String> texts,
      String certificateName,
      String keyName,
      @Nullable Authority authority) {
    if (authority != null) {
      texts.put(certificateName, Pem.text(authority.certificate()));
      PrivateKey key = authority.key();
      if (key != null) {
        texts.put(keyName, Pem.text(key));
      }
    }
  }

  private static void put(Map<String, String> texts, @Nullable Leaf leaf) {
    if (leaf != null) {
      texts.put(CERTIFICATE, Pem.text(leaf.certificate()));
      texts.put(KEY, Pem.text(leaf.key()));
    }
  }

  @Override
  public String toString() {
    return "contents of the Secrets"; // never the keys
  }
}
