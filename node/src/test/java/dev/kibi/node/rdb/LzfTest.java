package dev.kibi.node.rdb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LzfTest {

  @Test
  void whatIsCompressedIsRestored() throws RdbFormatException {
    SplittableRandom random = new SplittableRandom(1);
    int compressed = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(i % 10 == 0 ? 30_000 : 200)];
      int letters = 1 + random.nextInt(8);
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) random.nextInt(letters);
      }
      byte[] packed = Lzf.compress(bytes, bytes.length - 4);
      if (packed != null) {
        compressed++;
        assertThat(packed.length).isLessThanOrEqualTo(bytes.length - 4);
        assertThat(Lzf.decompress(packed, 0, packed.length, bytes.length)).isEqualTo(bytes);
      }
    }
    assertThat(compressed).isGreaterThan(1000);
  }

  @Test
  void doesNotCompressWhatDoesNotGetShorter() {
    byte[] different = new byte[200];
    for (int i = 0; i < different.length; i++) {
      different[i] = (byte) i;
    }
    assertThat(Lzf.compress(different, different.length - 4)).isNull();
    assertThat(Lzf.compress(new byte[0], 10)).isNull();
  }

  @Test
  void expandsNothingBeyondTheLengthThatIsPromisedOrTheLimitThatIsAssumed() {
    byte[] bytes = new byte[10_000];
    byte[] packed = Lzf.compress(bytes, bytes.length);
    assertThat(packed.length * Lzf.MOST_EXPANSION).isGreaterThan(bytes.length);
    assertThatThrownBy(() -> Lzf.decompress(packed, 0, packed.length, bytes.length - 1))
        .isInstanceOf(RdbFormatException.class);
    assertThatThrownBy(() -> Lzf.decompress(packed, 0, packed.length, bytes.length + 1))
        .isInstanceOf(RdbFormatException.class);
  }

  @Test
  void crcHasThePublishedCheckValue() {
    byte[] bytes = "123456789".getBytes(US_ASCII);
    assertThat(Crc64.of(bytes, 0, bytes.length)).isEqualTo(0xe9c6d914c4b8d9caL);
  }
}
