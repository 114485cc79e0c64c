package dev.kibi.node.command.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.node.command.ClientLink;
import dev.kibi.node.command.Session;
import dev.kibi.node.oracle.Conversation;
import org.junit.jupiter.api.Test;

/** What the oracle cannot be asked: passwords, other clients, and what newer versions added. */
final class ConnectionCommandsTest {
  private final Conversation talk = new Conversation();

  @Test
  void aPasswordLetsTheDefaultUserIn() {
    talk.node().config().set("requirepass", "secret");
    talk.session().authenticated(false);
    assertThat(talk.say("PING")).isEqualTo("-NOAUTH Authentication required.");
    assertThat(talk.say("HELLO", "2"))
        .startsWith("-NOAUTH HELLO must be called with the client already authenticated");
    assertThat(talk.say("AUTH", "wrong"))
        .isEqualTo("-WRONGPASS invalid username-password pair or user is disabled.");
    assertThat(talk.say("AUTH", "somebody", "secret")).startsWith("-WRONGPASS");
    assertThat(talk.say("PING")).startsWith("-NOAUTH");
    assertThat(talk.say("AUTH", "secret")).isEqualTo("OK");
    assertThat(talk.say("PING")).isEqualTo("PONG");
    assertThat(talk.say("RESET")).isEqualTo("RESET");
    assertThat(talk.say("PING")).startsWith("-NOAUTH");
    assertThat(talk.say("HELLO", "2", "AUTH", "default", "secret")).startsWith("[server, redis");
  }

  @Test
  void helloNamesTheVersionClientsGateOn() {
    assertThat(talk.say("HELLO"))
        .matches(
            "\\[server, redis, version, 7\\.2\\.4, proto, 2, id, \\d+, mode, cluster, role, master, modules, \\[\\]\\]");
    talk.node().master = false;
    assertThat(talk.say("HELLO")).contains("role, replica");
  }

  @Test
  void librariesIntroduceThemselves() {
    assertThat(talk.say("CLIENT", "SETINFO", "lib-name", "jedis")).isEqualTo("OK");
    assertThat(talk.say("CLIENT", "SETINFO", "LIB-VER", "8.0.2")).isEqualTo("OK");
    assertThat(talk.say("CLIENT", "SETINFO", "LIB-VER", "8 0"))
        .isEqualTo("-ERR lib-ver cannot contain spaces, newlines or special characters.");
    assertThat(talk.say("CLIENT", "SETINFO", "nope", "x"))
        .isEqualTo("-ERR Unrecognized option 'nope'");
    assertThat(talk.say("CLIENT", "LIST")).endsWith("resp=2 lib-name=jedis lib-ver=8.0.2\n");
  }

  @Test
  void clientListHasALineForEachClient() {
    Session other = talk.ours().connect();
    other.name("other");
    talk.say("CLIENT", "NO-TOUCH", "ON");
    talk.say("READONLY");
    String list = talk.say("CLIENT", "LIST");
    assertThat(list.lines()).hasSize(2);
    assertThat(list)
        .contains("flags=rT db=0", "cmd=client|list user=default")
        .contains(" name=other age=0 idle=0 flags=N db=0")
        .contains("cmd=NULL");
    assertThat(talk.say("CLIENT", "LIST", "ID", Long.toString(other.id())).lines()).hasSize(1);
    assertThat(talk.say("CLIENT", "LIST", "TYPE", "normal").lines()).hasSize(2);
    assertThat(talk.say("CLIENT", "LIST", "TYPE", "replica")).isEmpty();
  }

  @Test
  void killedClientsAreClosedAndTheKillerLast() {
    Link link = new Link();
    Session other = new Session(77, "10.1.1.1:1", "10.1.1.2:6379", 0, true, link);
    talk.node().clients().add(other);
    assertThat(talk.say("CLIENT", "KILL", "ID", "77", "LADDR", "nowhere")).isEqualTo("0");
    assertThat(link.closed).isFalse();
    assertThat(
            talk.say("CLIENT", "KILL", "ADDR", "10.1.1.1:1", "USER", "default", "TYPE", "normal"))
        .isEqualTo("1");
    assertThat(link.closed).isTrue();
    talk.node().clients().remove(other);
    assertThat(talk.say("CLIENT", "KILL", "SKIPME", "yes")).isEqualTo("0");
    assertThat(talk.closed()).isFalse();
    assertThat(talk.say("CLIENT", "KILL", talk.session().address())).isEqualTo("OK");
    assertThat(talk.closed()).isTrue();
  }

  @Test
  void trackingIsRefusedRatherThanPretended() {
    assertThat(talk.say("CLIENT", "TRACKING", "ON", "OPTIN"))
        .startsWith("-ERR CLIENT TRACKING is not supported");
    assertThat(talk.say("CLIENT", "TRACKING", "OFF")).isEqualTo("OK");
  }

  @Test
  void aPauseIsTakenOverByTheNode() {
    talk.say("CLIENT", "PAUSE", "60000", "WRITE");
    long now = System.currentTimeMillis();
    assertThat(talk.node().pause().untilMs(now)).isBetween(now + 50_000, now + 60_000);
    talk.say("CLIENT", "UNPAUSE");
    assertThat(talk.node().pause().untilMs(now)).isZero();
  }

  @Test
  void quitAnswersAndCloses() {
    assertThat(talk.say("QUIT")).isEqualTo("OK");
    assertThat(talk.closed()).isTrue();
  }

  private static final class Link implements ClientLink {
    private boolean closed;

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public int inputBytes() {
      return 0;
    }

    @Override
    public long outputBytes() {
      return 0;
    }
  }
}
