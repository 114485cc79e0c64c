package dev.kibi.node.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ArgsTest {
  @Test
  void wordsAreComparedInAnyCaseAndAtFullLength() {
    Args args = Args.of("set", "Nx", "N");
    assertThat(args.is(1, "NX")).isTrue();
    assertThat(args.is(2, "NX")).isFalse();
    assertThat(args.is(0, "SE")).isFalse();
  }

  @Test
  void anArgumentOutsideTheCommandIsRefused() {
    assertThatThrownBy(() -> Args.of("get", "a").offset(2))
        .hasMessage("argument: 2 (expected: 0..1)");
  }

  @Test
  void integersAreReadStrictly() {
    Args args = Args.of("-9223372036854775808", "1x");
    assertThat(args.isLong(0)).isTrue();
    assertThat(args.longValue(0)).isEqualTo(Long.MIN_VALUE);
    assertThat(args.isLong(1)).isFalse();
    assertThatThrownBy(() -> args.longValue(1)).hasMessage("argument 1: 1x (expected: an integer)");
  }

  @Test
  void sameComparesBytes() {
    Args args = Args.of("a", "a", "b");
    assertThat(args.same(0, 1)).isTrue();
    assertThat(args.same(0, 2)).isFalse();
  }
}
