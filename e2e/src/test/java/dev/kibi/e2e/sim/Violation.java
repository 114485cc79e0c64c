package dev.kibi.e2e.sim;

/** Something that must never happen has happened. */
final class Violation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String rule;

  Violation(String rule, String message) {
    super(rule + ": " + message);
    this.rule = rule;
  }

  /** The name of the rule that does not hold. */
  String rule() {
    return rule;
  }

  static void require(boolean holds, String rule, String message) {
    if (!holds) {
      throw new Violation(rule, message);
    }
  }
}
