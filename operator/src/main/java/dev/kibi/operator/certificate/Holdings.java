package dev.kibi.operator.certificate;

import dev.kibi.protocol.peer.PeerRole;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the Secrets of a cluster hold, as far as it can be read.
 *
 * @param authority the newest
 * @param previous the one it takes over from, or has taken over from, while it is believed
 * @param node shown by every node
 * @param operator shown by the operator
 */
public record Holdings(
    @Nullable Authority authority,
    @Nullable Authority previous,
    @Nullable Leaf node,
    @Nullable Leaf operator) {
  /** Whom everybody believes. */
  public List<X509Certificate> trusted() {
    List<X509Certificate> trusted = new ArrayList<>();
    if (authority != null) {
      trusted.add(authority.certificate());
    }
    if (previous != null) {
      trusted.add(previous.certificate());
    }
    return List.copyOf(trusted);
  }

  /** When each of them ends, by what it is. */
  public SortedMap<String, Instant> expiries() {
    SortedMap<String, Instant> expiries = new TreeMap<>();
    if (authority != null) {
      expiries.put("authority", authority.validity().until());
    }
    if (node != null) {
      expiries.put("node", node.validity().until());
    }
    if (operator != null) {
      expiries.put("operator", operator.validity().until());
    }
    return expiries;
  }

  @Nullable Leaf leaf(PeerRole role) {
    return switch (role) {
      case NODE -> node;
      case OPERATOR -> operator;
    };
  }

  Holdings with(PeerRole role, Leaf leaf) {
    return switch (role) {
      case NODE -> new Holdings(authority, previous, leaf, operator);
      case OPERATOR -> new Holdings(authority, previous, node, leaf);
    };
  }

  Holdings withAuthority(Authority next) {
    return new Holdings(next, authority == null ? previous : authority, node, operator);
  }

  Holdings withoutPrevious() {
    return new Holdings(authority, null, node, operator);
  }
}
