package dev.kibi.operator.status;

/** What one condition says: whether it holds, why in one word, and in a sentence. */
record Verdict(boolean holds, String reason, String message) {

  static Verdict yes(String reason, String message) {
    return new Verdict(true, reason, message);
  }

  static Verdict no(String reason, String message) {
    return new Verdict(false, reason, message);
  }
}
