package dev.kibi.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.operator.act.CertificateIssuer;
import dev.kibi.protocol.peer.PeerIdentity;
import dev.kibi.protocol.peer.PeerName;
import dev.kibi.protocol.peer.PeerRole;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What the Secrets of a cluster hold as time goes by; nothing but the certificates is remembered.
 */
class RotationTest {
  private static final String UID = "uid";
  private static final Duration SETTLING = Duration.ofMinutes(10);
  private static final Duration LEAF = Duration.ofDays(90);
  private static final Duration AUTHORITY = Duration.ofDays(3650);
  private static final Lifetimes LIFETIMES = new Lifetimes(AUTHORITY, LEAF, SETTLING);

  private final Issuer issuer = new CertificateIssuer();
  private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
  private Instant now = start;
  private Contents stored = new Contents(null, null);

  @Test
  void aNewClusterGetsOneAuthorityAndTwoCertificatesOfIt() {
    PeerCertificates made = look();

    assertThat(made.complaints()).isEmpty();
    assertThat(made.changes()).hasSize(3);
    Holdings held = made.holdings();
    assertThat(held.trusted()).hasSize(1);
    assertThat(held.previous()).isNull();
    for (PeerRole role : PeerRole.values()) {
      X509Certificate leaf = Objects.requireNonNull(held.leaf(role)).certificate();
      assertThat(PeerName.of(leaf)).contains(new PeerName(UID, role));
      assertThat(PeerIdentity.hasSigned(held.trusted().getFirst(), leaf)).isTrue();
    }
    assertThat(made.lookAgainAt()).isEqualTo(start.plus(Duration.ofDays(60)));
  }

  @Test
  void nothingChangesUntilTwoThirdsOfALifeAreOver() {
    look();
    now = start.plus(Duration.ofDays(60)).minusSeconds(1);
    assertThat(look().changes()).isEmpty();
    now = start.plus(Duration.ofDays(60));
    assertThat(look().changes())
        .hasSize(2)
        .allMatch(change -> change.endsWith("a new certificate."));
    assertThat(look().changes()).isEmpty();
  }

  @Test
  void aNewAuthorityIsBelievedFirstSignsLaterAndTheOldOneGoesLast() {
    X509Certificate first = look().holdings().trusted().getFirst();

    now = start.plus(AUTHORITY.multipliedBy(2).dividedBy(3));
    refreshLeaves();
    Holdings told = look().holdings();
    assertThat(told.trusted()).hasSize(2).endsWith(first);
    X509Certificate second = told.trusted().getFirst();
    assertSignedBy(first, told);

    now = now.plus(SETTLING);
    PeerCertificates switched = look();
    assertThat(switched.holdings().trusted()).containsExactly(second, first);
    assertSignedBy(second, switched.holdings());
    assertThat(switched.lookAgainAt()).isEqualTo(now.plus(SETTLING));

    now = now.plus(SETTLING).minusSeconds(1);
    assertThat(look().holdings().trusted()).containsExactly(second, first);
    now = now.plusSeconds(1);
    assertThat(look().holdings().trusted()).containsExactly(second);
    assertThat(look().changes()).isEmpty();
  }

  @Test
  void aChangeOfAuthorityEndsWhoeverLooksAndWhenever() {
    look();
    now = start.plus(AUTHORITY.multipliedBy(2).dividedBy(3));
    for (int looks = 0; looks < 8; looks++) {
      Instant next = look().lookAgainAt();
      assertThat(next).isAfter(now);
      now = next;
    }
    assertThat(look().holdings().trusted()).hasSize(1);
  }

  @Test
  void aLostSecretOfTheNodesIsMadeAgainWithTheSameAuthority() {
    X509Certificate authority = look().holdings().trusted().getFirst();
    stored = new Contents(stored.authority(), null);
    PeerCertificates mended = look();
    assertThat(mended.holdings().trusted()).containsExactly(authority);
    assertThat(mended.changes()).containsExactly("The nodes get a new certificate.");
  }

  @Test
  void aLostAuthorityIsStillBelievedUntilWhatItSignedHasBeenRenewed() {
    X509Certificate lost = look().holdings().trusted().getFirst();
    stored = new Contents(null, stored.node());

    now = now.plusSeconds(60);
    Holdings mended = look().holdings();
    assertThat(mended.trusted()).hasSize(2).endsWith(lost);
    X509Certificate next = mended.trusted().getFirst();
    assertThat(PeerIdentity.hasSigned(lost, Objects.requireNonNull(mended.node()).certificate()))
        .as("nodes do not believe the new one yet")
        .isTrue();

    now = now.plus(SETTLING);
    assertSignedBy(next, look().holdings());
    now = now.plus(SETTLING);
    assertThat(look().holdings().trusted()).containsExactly(next);
  }

  @Test
  void garbageIsSaidAndMended() {
    look();
    stored.authority().put("tls.crt", "garbage");
    stored.node().put("tls.key", "garbage");
    PeerCertificates mended = look();
    assertThat(mended.complaints())
        .containsExactlyInAnyOrder(
            "tls.crt: cannot be read (expected: -----BEGIN CERTIFICATE----- and its base64)",
            "tls.key: cannot be read (expected: -----BEGIN PRIVATE KEY----- and its base64)");
    assertThat(mended.changes()).hasSize(2);
    assertThat(look().complaints()).isEmpty();
  }

  @Test
  void aKeyOfAnotherCertificateIsGarbageToo() {
    look();
    stored.node().put("tls.key", stored.authority().get("tls.key"));
    assertThat(look().complaints())
        .containsExactly("tls.key: of another certificate (expected: the key of its neighbour)");
    assertThat(look().complaints()).isEmpty();
  }

  @Test
  void anAuthorityThatIsOverIsBelievedNoMore() {
    X509Certificate first = look().holdings().trusted().getFirst();
    now = start.plus(AUTHORITY).plusSeconds(1);
    Holdings held = look().holdings();
    assertThat(held.trusted()).hasSize(1).doesNotContain(first);
    assertSignedBy(held.trusted().getFirst(), held);
  }

  @Test
  void noTextSaysAKey() {
    PeerCertificates made = look();
    assertThat(String.valueOf(made)).doesNotContain("PRIVATE").contains("authority until");
  }

  private void refreshLeaves() {
    Holdings held = stored.read().holdings();
    Authority signer = Objects.requireNonNull(held.authority());
    Validity fresh = new Validity(now, now.plus(LEAF));
    for (PeerRole role : PeerRole.values()) {
      held = held.with(role, issuer.leaf(new PeerName(UID, role), signer, fresh));
    }
    stored = Contents.of(held);
  }

  private PeerCertificates look() {
    PeerCertificates wanted = PeerCertificates.of(stored, UID, LIFETIMES, now, issuer);
    stored = wanted.contents();
    return wanted;
  }

  private static void assertSignedBy(X509Certificate authority, Holdings held) {
    for (PeerRole role : PeerRole.values()) {
      X509Certificate leaf = Objects.requireNonNull(held.leaf(role)).certificate();
      assertThat(PeerIdentity.hasSigned(authority, leaf)).as("%s", role).isTrue();
    }
  }
}
