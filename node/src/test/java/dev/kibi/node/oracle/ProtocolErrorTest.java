package dev.kibi.node.oracle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Garbage is answered with the oracle's words, and the connection is closed after the answer. */
final class ProtocolErrorTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "*x\r\n",
        "*\r\n",
        "*99999999999999999999\r\n",
        "*1\r\n:1\r\n",
        "*1\r\n\r\n",
        "*1\r\n$x\r\n",
        "*1\r\n$-1\r\n",
        "*1\r\n$536870913\r\n",
        "*2\r\n$4\r\nPING\r\nx\r\n",
        "PING \"a\r\n",
        "PING 'a'b\r\n",
        "PING\r\n*1\r\n$4\r\nPING\r\n\r\n*0\r\n*1\r\nPING\r\n",
        "QUIT\r\nPING\r\n",
        "POST / HTTP/1.1\r\nHost: there\r\n\r\nPING\r\n",
        "Host: there\r\nPING\r\n"
      })
  void theConnectionEndsWithTheOraclesAnswer(String request) throws IOException {
    byte[] bytes = request.getBytes(ISO_8859_1);
    InProcessNode ours = new InProcessNode();
    String mine = new String(ours.run(bytes), ISO_8859_1);
    try (RedisConnection oracle = RedisServer.connect()) {
      oracle.send(bytes);
      assertThat(mine).isEqualTo(new String(oracle.readToEnd(), ISO_8859_1));
    }
    assertThat(ours.closed()).isTrue();
  }
}
