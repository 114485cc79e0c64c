package dev.kibi.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kibi.operator.certificate.Lifetimes;
import dev.kibi.operator.certificate.PeerTls;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorConfigTest {

  @Test
  void an_empty_environment_gives_the_defaults() {
    OperatorConfig config = OperatorConfig.from(Map.of());

    assertThat(config.httpPort()).isEqualTo(8080);
    assertThat(config.timerFactorText()).isEqualTo("1");
    assertThat(config.serverSideApply()).isTrue();
    assertThat(config.leaderElection()).isTrue();
    assertThat(config.leaseName()).isEqualTo("kibi-operator");
    assertThat(config.watchNamespaces()).isEmpty();
    assertThat(config.peerTls())
        .isEqualTo(
            new PeerTls(
                true,
                new Lifetimes(Duration.ofDays(3650), Duration.ofDays(90), Duration.ofMinutes(10))));
  }

  @Test
  void certificates_that_live_shorter_than_a_change_of_authority_takes_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OperatorConfig.from(Map.of("KIBI_PEER_CERTIFICATE_LIFETIME", "1h")))
        .withMessage("leaf lifetime: PT1H (expected: at least 9 times the settling time, PT10M)");
  }

  @Test
  void the_lease_is_named_by_whoever_installs_several_operators_in_a_namespace() {
    assertThat(OperatorConfig.from(Map.of("KIBI_LEASE_NAME", "shop-kibi-operator")).leaseName())
        .isEqualTo("shop-kibi-operator");
  }

  @Test
  void namespaces_are_a_list_and_a_fraction_stays_one() {
    OperatorConfig config =
        OperatorConfig.from(Map.of("KIBI_WATCH_NAMESPACES", "b, a,", "KIBI_TIMER_FACTOR", "2.5"));

    assertThat(config.watchNamespaces()).containsExactly("a", "b");
    assertThat(config.timerFactorText()).isEqualTo("2.5");
  }

  @ParameterizedTest
  @CsvSource({
    "KIBI_TIMER_FACTOR, 0",
    "KIBI_TIMER_FACTOR, fast",
    "KIBI_HTTP_PORT, 70000",
    "KIBI_HTTP_PORT, http",
    "KIBI_SERVER_SIDE_APPLY, yes",
    "KIBI_LEADER_ELECTION, 1",
    "KIBI_PEER_TLS, on",
    "KIBI_PEER_CERTIFICATE_LIFETIME, 90",
    "KIBI_PEER_AUTHORITY_LIFETIME, -1d",
    "KIBI_PEER_CERTIFICATE_SETTLING, soon"
  })
  void a_value_that_cannot_be_used_is_named_with_its_variable(String name, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OperatorConfig.from(Map.of(name, value)))
        .withMessageStartingWith(name + ": " + value + " (expected:");
  }
}
