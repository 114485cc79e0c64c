package dev.kibi.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BufferMemoryTest {
  private static final long MIB = 1 << 20;

  @Test
  void heapBuffersAndTheJvmItselfTogetherStayBelowTheLimit() {
    for (long limit = 320 * MIB; limit <= 65_536 * MIB; limit += 64 * MIB) {
      long heap = Math.min(limit - 160 * MIB, limit / 100 * 65);
      assertThat(heap + BufferMemory.bytes(limit, heap) + 125 * MIB).isLessThan(limit);
    }
  }

  @Test
  void halfOfWhatTheHeapAndTheJvmLeave() {
    assertThat(BufferMemory.bytes(1_024 * MIB, 699 * MIB)).isEqualTo(100 * MIB);
  }

  @Test
  void neverSoLittleThatNoConnectionWorks() {
    assertThat(BufferMemory.bytes(64 * MIB, 64 * MIB)).isEqualTo(16 * MIB);
  }

  @Test
  void withoutALimitHalfAsMuchAsTheHeapHasMoreThanTheJvm() {
    assertThat(BufferMemory.bytes(0, 325 * MIB)).isEqualTo(100 * MIB);
  }
}
