package dev.kibi.node.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.peer.PeerRole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TlsRehearsalTest {
  private final TestAuthority authority = new TestAuthority();

  @Test
  void aNodeShakesHandsWithItselfAndTalks() {
    assertThat(TlsRehearsal.run(authority.identity("uid", PeerRole.NODE))).isTrue();
  }

  @Test
  void whatCannotBeBelievedEndsTheRehearsalAndNothingElse() {
    assertThat(
            TlsRehearsal.run(
                authority.identity(
                    "uid",
                    PeerRole.NODE,
                    Duration.ofMinutes(-1),
                    List.of(authority.certificate()))))
        .isFalse();
  }
}
