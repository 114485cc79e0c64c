package dev.kibi.local.api;

import java.util.function.Consumer;

/** How a write is to be done: the query parameters {@code dryRun} and {@code fieldValidation}. */
record WriteOptions(boolean dryRun, FieldValidation fieldValidation, Consumer<String> warnings) {

  /** What becomes of unknown fields: they are always dropped, but not always silently. */
  enum FieldValidation {
    IGNORE,
    WARN,
    STRICT
  }

  static final WriteOptions INTERNAL =
      new WriteOptions(false, FieldValidation.IGNORE, warning -> {});

  /** {@code fieldValidation=Strict} in a request; the API server's default is {@code Warn}. */
  static FieldValidation fieldValidation(String parameter) {
    return switch (parameter) {
      case "", "Warn" -> FieldValidation.WARN;
      case "Strict" -> FieldValidation.STRICT;
      case "Ignore" -> FieldValidation.IGNORE;
      default ->
          throw ApiException.badRequest(
              "fieldValidation: " + parameter + " (expected: Ignore, Warn or Strict)");
    };
  }
}
