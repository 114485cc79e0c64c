package dev.kibi.e2e.sim;

import org.jspecify.annotations.Nullable;

/** One operation of a client on one key, from its invocation to what became of it. */
final class Op {

  enum Kind {
    SET,
    DEL,
    GET
  }

  enum Outcome {
    /** Nothing is known: it may have happened, or may yet. */
    OPEN,
    /** It was answered. */
    DONE,
    /** It was refused before it ran. */
    REFUSED
  }

  final int client;
  final Kind kind;
  final String key;

  /** What is written; null for a read and for a deletion. */
  final @Nullable String value;

  final long invokedAt;
  private Outcome outcome = Outcome.OPEN;
  private long answeredAt = Long.MAX_VALUE;
  private @Nullable String found;

  Op(int client, Kind kind, String key, @Nullable String value, long invokedAt) {
    this.client = client;
    this.kind = kind;
    this.key = key;
    this.value = value;
    this.invokedAt = invokedAt;
  }

  boolean isRead() {
    return kind == Kind.GET;
  }

  Outcome outcome() {
    return outcome;
  }

  long answeredAt() {
    return answeredAt;
  }

  /** What a read found; null for nothing. */
  @Nullable String found() {
    return found;
  }

  void done(long at, @Nullable String read) {
    outcome = Outcome.DONE;
    answeredAt = at;
    found = read;
  }

  void refused() {
    outcome = Outcome.REFUSED;
  }

  /** The same as far as somebody knows who has seen no answer. */
  Op unanswered() {
    Op open = new Op(client, kind, key, value, invokedAt);
    open.outcome = outcome == Outcome.REFUSED ? outcome : Outcome.OPEN;
    return open;
  }

  String[] command() {
    String text = value;
    return text == null ? new String[] {kind.name(), key} : new String[] {kind.name(), key, text};
  }

  @Override
  public String toString() {
    String what = String.join(" ", command());
    String end =
        switch (outcome) {
          case OPEN -> "no answer";
          case REFUSED -> "refused";
          case DONE -> isRead() ? "-> " + found : "ok";
        };
    return String.format(
        "client %d [%.3f, %s ms] %s %s",
        client,
        invokedAt / 1e6,
        outcome == Outcome.DONE ? String.format("%.3f", answeredAt / 1e6) : "...",
        what,
        end);
  }
}
