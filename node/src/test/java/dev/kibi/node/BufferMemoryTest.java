package dev.kibi.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BufferMemoryTest {
  private static final long MIB = 1 << 20;

  @Test
  void heapAndBuffersTogetherStayBelowTheLimit() {
    for (long limit = 128 * MIB; limit <= 65_536 * MIB; limit *= 2) {
      long heap = limit / 100 * 65;
      assertThat(heap + BufferMemory.bytes(limit, heap)).isLessThan(limit);
    }
  }

  @Test
  void aThirdOfWhatTheHeapLeaves() {
    assertThat(BufferMemory.bytes(1_024 * MIB, 724 * MIB)).isEqualTo(100 * MIB);
  }

  @Test
  void neverSoLittleThatNoConnectionWorks() {
    assertThat(BufferMemory.bytes(64 * MIB, 64 * MIB)).isEqualTo(16 * MIB);
  }

  @Test
  void withoutALimitAThirdOfTheHeap() {
    assertThat(BufferMemory.bytes(0, 300 * MIB)).isEqualTo(100 * MIB);
  }
}
