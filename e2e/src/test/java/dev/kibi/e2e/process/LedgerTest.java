package dev.kibi.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger();

  private String write(String key) {
    long value = ledger.attempt(key);
    ledger.acknowledge(key, value);
    return Long.toString(value);
  }

  @Test
  void noTwoWritesHaveTheSameValueAndLaterOnesAreHigher() {
    assertThat(List.of(ledger.attempt("a"), ledger.attempt("b"), ledger.attempt("a")))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void anAcknowledgedWriteThatIsNotThereIsLost() {
    write("a");
    assertThat(ledger.objection("a", ledger.acknowledged("a"), null))
        .hasValue("a: no value (expected: from 1, acknowledged, to 1, attempted)");
  }

  @Test
  void aReadOfLessThanWasAcknowledgedBeforeItBeganIsStale() {
    String old = write("a");
    write("a");
    assertThat(ledger.objection("a", ledger.acknowledged("a"), old))
        .hasValue("a: 1 (expected: from 2, acknowledged, to 2, attempted)");
  }

  @Test
  void aReadThatBeganBeforeAnAcknowledgementMayMissIt() {
    String old = write("a");
    long before = ledger.acknowledged("a");
    write("a");
    assertThat(ledger.objection("a", before, old)).isEmpty();
  }

  @Test
  void aWriteWithoutAnswerMayBeThereOrNot() {
    String sure = write("a");
    String unsure = Long.toString(ledger.attempt("a"));
    assertThat(ledger.objection("a", ledger.acknowledged("a"), sure)).isEmpty();
    assertThat(ledger.objection("a", ledger.acknowledged("a"), unsure)).isEmpty();
  }

  @Test
  void aValueThatNobodyWroteIsFound() {
    write("a");
    assertThat(ledger.objection("a", ledger.acknowledged("a"), "7"))
        .hasValue("a: 7 (expected: from 1, acknowledged, to 1, attempted)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ledger.acknowledge("a", 7))
        .withMessage("a: 7 (expected: a value attempted)");
  }

  @Test
  void onlyKeysWithAnAcknowledgedWriteHaveToBeThereUntilTheyAreForgotten() {
    write("a");
    ledger.attempt("b");
    write("c");
    write("a");
    assertThat(ledger.acknowledgedKeys()).containsExactly("a", "c");
    ledger.forget(List.of("a"));
    assertThat(ledger.acknowledgedKeys()).containsExactly("c");
    assertThat(ledger.acknowledgements()).isEqualTo(3);
  }
}
