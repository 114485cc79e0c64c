package dev.kibi.operator.act;

import dev.kibi.crds.CacheCluster;
import dev.kibi.operator.certificate.Contents;
import dev.kibi.operator.certificate.Holdings;
import dev.kibi.operator.certificate.Lifetimes;
import dev.kibi.operator.certificate.PeerCertificates;
import dev.kibi.operator.nodelink.ClusterKey;
import dev.kibi.operator.nodelink.PeerSockets;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the certificates of every cluster what they should be: looks at the two Secrets when
 * something may have to change and once a minute, because nobody tells of a Secret that was
 * deleted; writes only what changes, and links with it from then on.
 */
public final class CertificateKeeper {
  private static final Logger log = LoggerFactory.getLogger(CertificateKeeper.class);
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
  private static final Duration LOOK_SOON = Duration.ofSeconds(1);

  private final PeerSecrets secrets;
  private final Lifetimes lifetimes;
  private final Clock clock;
  private final PeerSockets sockets;
  private final EventRecorder events;
  private final CertificateIssuer issuer = new CertificateIssuer();
  private final CertificateMetrics metrics;
  private final ConcurrentHashMap<ClusterKey, Instant> looksAgainAt = new ConcurrentHashMap<>();

  public CertificateKeeper(
      KubernetesClient client,
      Lifetimes lifetimes,
      Clock clock,
      PeerSockets sockets,
      EventRecorder events,
      MeterRegistry registry) {
    this.secrets = new PeerSecrets(client);
    this.lifetimes = lifetimes;
    this.clock = clock;
    this.sockets = sockets;
    this.events = events;
    this.metrics = new CertificateMetrics(registry);
  }

  /** Whether nothing is known of a cluster's certificates yet, so that no node can be linked to. */
  public boolean isNew(ClusterKey key) {
    return !looksAgainAt.containsKey(key);
  }

  /**
   * Looks if it is time to.
   *
   * @param failures told, in a sentence, what keeps the certificates from being what they should be
   * @return until the next look
   */
  public Duration keep(CacheCluster cluster, ClusterKey key, Collection<String> failures) {
    Instant now = clock.instant();
    Instant due = looksAgainAt.getOrDefault(key, Instant.EPOCH);
    if (now.isBefore(due)) {
      return Duration.between(now, due);
    }
    try {
      Duration next = look(cluster, key, now);
      looksAgainAt.put(key, now.plus(next));
      return next;
    } catch (KubernetesClientException | IllegalStateException e) {
      failures.add(
          "The certificates of the peer links are not as they should be: " + e.getMessage());
      return LOOK_SOON;
    }
  }

  /** Drops what is known of a cluster that is gone. */
  public void forget(ClusterKey key) {
    looksAgainAt.remove(key);
    sockets.forget(key);
    metrics.forget(key);
  }

  private Duration look(CacheCluster cluster, ClusterKey key, Instant now) {
    String uid = cluster.getMetadata().getUid();
    PeerSecrets.Stored stored = secrets.read(cluster);
    Contents before = stored.contents();
    PeerCertificates wanted = PeerCertificates.of(before, uid, lifetimes, now, issuer);
    boolean changes = !wanted.contents().equals(before);
    if (changes) {
      secrets.write(stored, wanted.contents());
    }
    wanted.operator(uid).ifPresent(identity -> sockets.use(key, identity));
    Holdings holdings = wanted.holdings();
    metrics.show(key, holdings);
    if (changes) {
      announce(cluster, key, before, wanted);
    }
    Duration asPlanned = Duration.between(now, wanted.lookAgainAt());
    Duration next = asPlanned.compareTo(LOOK_EVERY) < 0 ? asPlanned : LOOK_EVERY;
    return next.compareTo(LOOK_SOON) < 0 ? LOOK_SOON : next;
  }

  private void announce(
      CacheCluster cluster, ClusterKey key, Contents before, PeerCertificates wanted) {
    boolean first = before.authority() == null && before.node() == null;
    List<String> lost = new ArrayList<>(wanted.complaints());
    if (!first && before.authority() == null) {
      lost.add("The Secret of the authority was deleted.");
    }
    if (!first && before.node() == null) {
      lost.add("The Secret of the nodes was deleted.");
    }
    if (lost.isEmpty() && wanted.changes().isEmpty()) {
      lost.add("Somebody has changed a Secret of certificates.");
    }
    String message = String.join(" ", lost) + " " + String.join(" ", wanted.changes());
    log.info("{}: certificates written: {}", key, message.strip());
    if (lost.isEmpty()) {
      events.record(
          cluster,
          EventRecorder.Type.NORMAL,
          first ? "PeerCertificatesMade" : "PeerCertificatesRenewed",
          message.strip());
    } else {
      events.record(cluster, EventRecorder.Type.WARNING, "PeerCertificatesMended", message.strip());
    }
  }
}
