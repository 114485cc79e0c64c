package dev.kibi.e2e.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LinearizabilityTest {

  @Test
  void readsThatFollowTheWritesFit() {
    assertThat(holds(set("a", 1, 2), get("a", 3, 4), set("b", 5, 6), get("b", 7, 8))).isTrue();
  }

  @Test
  void aReadThatFindsWhatWasOverwrittenBeforeItBeganDoesNotFit() {
    assertThat(holds(set("a", 1, 2), set("b", 3, 4), get("a", 5, 6))).isFalse();
  }

  @Test
  void aReadBesideAWriteMayFindEither() {
    assertThat(holds(set("a", 1, 2), set("b", 3, 9), get("a", 4, 5), get("b", 6, 7))).isTrue();
    assertThat(holds(set("a", 1, 2), set("b", 3, 9), get("b", 4, 5), get("a", 6, 7))).isFalse();
  }

  @Test
  void aLostWriteDoesNotFit() {
    assertThat(holds(set("a", 1, 2), get(null, 3, 4))).isFalse();
  }

  @Test
  void aWriteWithoutAnAnswerMayHappenLateOrNever() {
    Op open = new Op(0, Op.Kind.SET, "k", "b", 3);
    assertThat(holds(set("a", 1, 2), open, get("a", 5, 6), get("b", 7, 8))).isTrue();
    assertThat(holds(set("a", 1, 2), open, get("a", 5, 6))).isTrue();
    assertThat(holds(set("a", 1, 2), open, get("b", 5, 6), get("a", 7, 8))).isFalse();
  }

  @Test
  void whatWasRefusedDidNotHappen() {
    Op refused = new Op(0, Op.Kind.SET, "k", "b", 3);
    refused.refused();
    assertThat(holds(set("a", 1, 2), refused, get("b", 5, 6))).isFalse();
  }

  @Test
  void whereTheFirstValueIsNotKnownAnyFirstReadFits() {
    List<Op> ops = List.of(get("x", 1, 2), get("x", 3, 4));
    assertThat(Linearizability.holds(ops, Linearizability.ANYTHING)).isTrue();
    assertThat(
            Linearizability.holds(
                List.of(get("x", 1, 2), get("y", 3, 4)), Linearizability.ANYTHING))
        .isFalse();
  }

  private static boolean holds(Op... ops) {
    return Linearizability.holds(List.of(ops), null);
  }

  private static Op set(String value, long from, long to) {
    Op op = new Op(0, Op.Kind.SET, "k", value, from);
    op.done(to, null);
    return op;
  }

  private static Op get(@Nullable String found, long from, long to) {
    Op op = new Op(0, Op.Kind.GET, "k", null, from);
    op.done(to, found);
    return op;
  }
}
