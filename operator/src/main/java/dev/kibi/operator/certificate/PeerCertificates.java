package dev.kibi.operator.certificate;

import dev.kibi.protocol.peer.PeerIdentity;
import dev.kibi.protocol.peer.PeerIdentityException;
import dev.kibi.protocol.peer.PeerName;
import dev.kibi.protocol.peer.PeerRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the Secrets of a cluster shall hold, worked out from what they hold.
 *
 * @param contents what shall be stored
 * @param lookAgainAt when there may be something to change, if nobody touches the Secrets
 * @param changes what was changed, in sentences; empty in steady state
 * @param complaints what could not be read
 */
public record PeerCertificates(
    Holdings holdings,
    Contents contents,
    Instant lookAgainAt,
    List<String> changes,
    List<String> complaints) {

  /** More steps than any state needs; clocks that jump and lives of seconds could ask for more. */
  private static final int STEPS_MAX = 8;

  /** Does what the rules ask for now; new keys and certificates come from the issuer. */
  public static PeerCertificates of(
      Contents stored, String clusterUid, Lifetimes lifetimes, Instant now, Issuer issuer) {
    Contents.Reading reading = stored.read();
    Rotation rotation = new Rotation(clusterUid, lifetimes, now);
    Holdings held = reading.holdings();
    List<String> changes = new ArrayList<>();
    Optional<Step> step = rotation.next(held);
    while (step.isPresent() && changes.size() < STEPS_MAX) {
      held = rotation.done(step.get(), held, issuer);
      changes.add(sentence(step.get()));
      step = rotation.next(held);
    }
    return new PeerCertificates(
        held,
        Contents.of(held),
        rotation.lookAgainAt(held),
        List.copyOf(changes),
        reading.complaints());
  }

  /** What the operator links with. */
  public Optional<PeerIdentity> operator(String clusterUid) {
    @Nullable Leaf leaf = holdings.operator();
    if (leaf == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          PeerIdentity.of(
              new PeerName(clusterUid, PeerRole.OPERATOR),
              leaf.certificate(),
              leaf.key(),
              holdings.trusted()));
    } catch (PeerIdentityException e) {
      throw new IllegalStateException("a certificate that was just made or checked", e);
    }
  }

  private static String sentence(Step step) {
    return switch (step) {
      case Step.NewAuthority _ -> "A new authority is believed, and signs once that has settled.";
      case Step.Renew renew ->
          renew.role() == PeerRole.NODE
              ? "The nodes get a new certificate."
              : "The operator gets a new certificate.";
      case Step.DropPrevious _ -> "The authority before is believed no more.";
    };
  }
}
