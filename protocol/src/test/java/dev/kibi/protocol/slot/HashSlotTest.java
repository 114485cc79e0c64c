package dev.kibi.protocol.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashSlotTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "123456789|12739", // CRC16/XMODEM check value 0x31C3
        "foo|12182",
        "bar|5061",
        "hello|866",
        "somekey|11058",
        "foo{hash_tag}|2515",
        "bar{hash_tag}|2515",
        "hash_tag|2515",
        "{user1000}.following|3443",
        "{user1000}.followers|3443",
        "user1000|3443",
      })
  void aKeyHasTheHashSlotThatRedisGivesIt(String key, int hashSlot) {
    assertThat(of(key)).isEqualTo(hashSlot);
  }

  @Test
  void theEmptyKeyIsInHashSlotZero() {
    assertThat(of("")).isZero();
  }

  @Test
  void onlyTheFirstTagCounts() {
    assertThat(of("foo{bar}{zap}")).isEqualTo(of("bar"));
    assertThat(of("foo{{bar}}zap")).isEqualTo(of("{bar"));
  }

  @Test
  void anEmptyOrUnclosedTagIsNoTag() {
    assertThat(of("foo{}{bar}")).isEqualTo(8363);
    assertThat(of("foo{bar")).isNotEqualTo(of("bar"));
    assertThat(of("}foo{bar}")).isEqualTo(of("bar"));
  }

  @Test
  void onlyTheGivenPartOfTheArrayIsLookedAt() {
    byte[] bytes = "}xx{foo}yy{".getBytes(StandardCharsets.US_ASCII);
    assertThat(HashSlot.of(bytes, 4, 3)).isEqualTo(of("foo"));
    assertThat(HashSlot.of(bytes, 3, 4))
        .isEqualTo(HashSlot.of("{foo".getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void bytesAboveAsciiCountAsUnsigned() {
    assertThat(HashSlot.of(new byte[] {(byte) 0xff, (byte) 0x80})).isBetween(0, HashSlot.COUNT - 1);
    assertThat(of("ключ")).isEqualTo(HashSlot.of("ключ".getBytes(StandardCharsets.UTF_8)));
  }

  private static int of(String key) {
    return HashSlot.of(key.getBytes(StandardCharsets.UTF_8));
  }
}
