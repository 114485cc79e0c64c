package dev.kibi.node.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connection commands, written by hand, word for word against the oracle. */
final class ConnectionScriptTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void everyConnectionCommandAnswersLikeTheOracle(int protocol) {
    try (Differential differential = Differential.start(protocol)) {
      differential.script(
          """
          PING
          PING hello
          PING a b
          ECHO "a\\x00b"
          ECHO
          AUTH x
          AUTH default x
          AUTH somebody x
          AUTH a b c
          HELLO x
          HELLO 4
          HELLO 1
          HELLO 3 NOPE
          HELLO 3 AUTH
          HELLO 3 AUTH default
          HELLO 3 AUTH somebody x
          HELLO 3 SETNAME "a b"
          HELLO 3 AUTH default x SETNAME me
          CLIENT GETNAME
          HELLO 2
          HELLO
          CLIENT GETNAME
          CLIENT SETNAME "a b"
          CLIENT SETNAME ""
          CLIENT GETNAME
          SELECT 0
          SELECT 1
          SELECT x
          SELECT 99999999999
          CLIENT ID
          CLIENT INFO
          CLIENT LIST TYPE nope
          CLIENT LIST TYPE slave
          CLIENT LIST ID x
          CLIENT LIST ID
          CLIENT LIST nope
          CLIENT KILL ID x
          CLIENT KILL ID 0
          CLIENT KILL ID 99999
          CLIENT KILL TYPE nope
          CLIENT KILL USER nope
          CLIENT KILL SKIPME maybe
          CLIENT KILL LADDR 1.2.3.4:5 ADDR 1.2.3.4:5
          CLIENT KILL ID 1 ADDR
          CLIENT KILL 1.2.3.4:5
          CLIENT NO-EVICT on
          CLIENT NO-EVICT OFF
          CLIENT NO-EVICT maybe
          CLIENT PAUSE x
          CLIENT PAUSE -1
          CLIENT PAUSE 1 sometimes
          CLIENT PAUSE 1 WRITE x
          CLIENT UNPAUSE
          CLIENT REPLY nope
          CLIENT REPLY ON
          CLIENT UNBLOCK x
          CLIENT UNBLOCK 1 NOPE
          CLIENT UNBLOCK 1 ERROR x
          CLIENT UNBLOCK 99999
          CLIENT CACHING YES
          CLIENT GETREDIR
          CLIENT TRACKINGINFO
          CLIENT TRACKING OFF
          CLIENT TRACKING maybe
          CLIENT MAINT_NOTIFICATIONS ON
          CLIENT
          CLIENT KILL
          CLIENT NOPE
          nope
          nope a "b c" "\\x01"
          RESET
          RESET x
          PING
          """);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void skippedRepliesAreNotSent(int protocol) {
    try (Differential differential = Differential.start(protocol)) {
      assertThat(silent(differential, "CLIENT", "REPLY", "SKIP")).isTrue();
      assertThat(silent(differential, "PING")).isTrue();
      assertThat(silent(differential, "PING")).isFalse();
      assertThat(silent(differential, "CLIENT", "REPLY", "OFF")).isTrue();
      assertThat(silent(differential, "PING")).isTrue();
      assertThat(silent(differential, "CLIENT", "REPLY", "SKIP")).isTrue();
      assertThat(silent(differential, "NOPE")).isTrue();
      assertThat(silent(differential, "CLIENT", "REPLY", "ON")).isFalse();
      assertThat(silent(differential, "PING")).isFalse();
    }
  }

  private static boolean silent(Differential differential, String... command) {
    return differential.ours().run(Requests.encode(command)).length == 0;
  }
}
