package dev.kibi.operator.certificate;

import dev.kibi.protocol.peer.PeerName;
import dev.kibi.protocol.peer.PeerRole;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates a cluster should have at a moment.
 *
 * <p><b>Goal.</b> At every moment every pair of programs of the cluster can link, whichever of them
 * has seen the last change of a Secret and which has not; and nothing is believed for longer than
 * it has to be.
 *
 * <p><b>Rules.</b>
 *
 * <pre>
 * a certificate is renewed when a third of its life is left, or when it is missing or unfit
 * an authority likewise; the new one is believed from now on, beside the one before
 * a new authority signs only once it has settled: everybody believes it by then
 * what the one before has signed is renewed then
 * the one before is dropped once nothing is signed by it and that has settled as well
 * </pre>
 *
 * <p>There is no memory but the certificates themselves: they say when they were made and by whom.
 * So a lost Secret, a new operator and a clock that jumped need no code.
 */
final class Rotation {
  private final String clusterUid;
  private final Lifetimes lifetimes;
  private final Instant now;

  Rotation(String clusterUid, Lifetimes lifetimes, Instant now) {
    this.clusterUid = clusterUid;
    this.lifetimes = lifetimes;
    this.now = now;
  }

  /** What to change first, if anything. */
  Optional<Step> next(Holdings held) {
    Authority authority = held.authority();
    if (authority == null || authority.key() == null || isDue(authority.validity())) {
      return Optional.of(new Step.NewAuthority());
    }
    Authority previous = held.previous();
    if (previous != null && previous.validity().isOverAt(now)) {
      return Optional.of(new Step.DropPrevious());
    }
    for (PeerRole role : PeerRole.values()) {
      @Nullable Authority signer = signerOf(held.leaf(role), role, authority, previous);
      if (signer != null) {
        return Optional.of(new Step.Renew(role, signer));
      }
    }
    return previous != null
            && isReached(settledAt(authority.validity()))
            && isReached(droppedAt(held))
        ? Optional.of(new Step.DropPrevious())
        : Optional.empty();
  }

  /** Does a step. */
  Holdings done(Step step, Holdings held, Issuer issuer) {
    return switch (step) {
      case Step.NewAuthority _ ->
          keepBelievable(held)
              .withAuthority(issuer.authority(clusterUid, fromNow(lifetimes.authority())));
      case Step.Renew renew ->
          held.with(
              renew.role(),
              issuer.leaf(
                  new PeerName(clusterUid, renew.role()),
                  renew.signer(),
                  within(fromNow(lifetimes.leaf()), renew.signer().validity())));
      case Step.DropPrevious _ -> held.withoutPrevious();
    };
  }

  /** When there may be something to change, if nobody touches the Secrets. */
  Instant lookAgainAt(Holdings held) {
    Authority authority = held.authority();
    Authority previous = held.previous();
    Leaf node = held.node();
    Leaf operator = held.operator();
    if (authority == null || node == null || operator == null) {
      return now;
    }
    Stream<Instant> moments =
        Stream.of(
            authority.validity().renewAt(),
            node.validity().renewAt(),
            operator.validity().renewAt());
    Stream<Instant> settlings =
        previous == null
            ? Stream.empty()
            : Stream.of(
                settledAt(authority.validity()), droppedAt(held), previous.validity().until());
    return Stream.concat(moments, settlings)
        .filter(now::isBefore)
        .min(Instant::compareTo)
        .orElse(now);
  }

  /** Who is to sign a certificate anew, or null when it may stay as it is. */
  private @Nullable Authority signerOf(
      @Nullable Leaf leaf, PeerRole role, Authority authority, @Nullable Authority previous) {
    boolean settled = previous == null || isReached(settledAt(authority.validity()));
    PrivateKey olderKey = previous == null ? null : previous.key();
    Authority best = settled || olderKey == null ? authority : previous;
    if (leaf == null || !isUsable(leaf, role, authority, previous)) {
      return best;
    }
    if (settled) {
      return isDue(leaf.validity()) || !leaf.isSignedBy(authority) ? authority : null;
    }
    return isDue(leaf.validity()) && olderKey != null ? previous : null;
  }

  private boolean isUsable(
      Leaf leaf, PeerRole role, Authority authority, @Nullable Authority previous) {
    return isOf(leaf, role)
        && !leaf.validity().isOverAt(now)
        && (leaf.isSignedBy(authority) || (previous != null && leaf.isSignedBy(previous)));
  }

  private boolean isOf(Leaf leaf, PeerRole role) {
    return PeerName.of(leaf.certificate())
        .filter(new PeerName(clusterUid, role)::equals)
        .isPresent();
  }

  /** The last certificate that took the place of one of the older authority has settled. */
  private Instant droppedAt(Holdings held) {
    return Stream.of(PeerRole.values())
        .map(held::leaf)
        .map(leaf -> leaf == null ? now : leaf.validity().madeAt())
        .max(Instant::compareTo)
        .orElse(now)
        .plus(lifetimes.settling());
  }

  private Instant settledAt(Validity authority) {
    return authority.madeAt().plus(lifetimes.settling());
  }

  /** What is no authority that can be believed any more is not kept beside the new one. */
  private Holdings keepBelievable(Holdings held) {
    Authority authority = held.authority();
    boolean over = authority != null && authority.validity().isOverAt(now);
    return over ? new Holdings(null, null, held.node(), held.operator()) : held;
  }

  private boolean isDue(Validity validity) {
    return isReached(validity.renewAt());
  }

  private boolean isReached(Instant moment) {
    return !now.isBefore(moment);
  }

  private Validity fromNow(Duration life) {
    return new Validity(now, now.plus(life));
  }

  private static Validity within(Validity leaf, Validity signer) {
    return signer.until().isBefore(leaf.until())
        ? new Validity(leaf.madeAt(), signer.until())
        : leaf;
  }
}
