package dev.kibi.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label and field selectors as predicates on objects. */
final class Selector {
  private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
  private static final Pattern EQUALITY = Pattern.compile("([^=!\\s]+)\\s*(==|=|!=)\\s*(\\S*)");
  private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s*([^=!\\s(),]+)");

  private Selector() {}

  /** {@code a=b,c!=d,e in (f,g),h notin (i),j,!k}. */
  static Predicate<JsonNode> labels(String selector) {
    return terms(selector).stream().map(Selector::labelTerm).reduce(object -> true, Predicate::and);
  }

  /** {@code metadata.name=x,status.phase!=Running}: any field that holds a plain value. */
  static Predicate<JsonNode> fields(String selector) {
    return terms(selector).stream().map(Selector::fieldTerm).reduce(object -> true, Predicate::and);
  }

  private static Predicate<JsonNode> labelTerm(String term) {
    Matcher set = SET.matcher(term);
    if (set.matches()) {
      List<String> values = List.of(set.group(3).trim().split("\\s*,\\s*"));
      boolean in = set.group(2).equals("in");
      return object -> {
        JsonNode label = label(object, set.group(1));
        return in == (label.isTextual() && values.contains(label.asText()));
      };
    }
    Matcher equality = EQUALITY.matcher(term);
    if (equality.matches()) {
      boolean equal = !equality.group(2).equals("!=");
      return object -> {
        JsonNode label = label(object, equality.group(1));
        return equal == (label.isTextual() && label.asText().equals(equality.group(3)));
      };
    }
    Matcher existence = EXISTENCE.matcher(term);
    if (existence.matches()) {
      boolean exists = existence.group(1).isEmpty();
      return object -> exists == label(object, existence.group(2)).isTextual();
    }
    throw ApiException.badRequest("labelSelector: " + term + " (expected: a label requirement)");
  }

  private static Predicate<JsonNode> fieldTerm(String term) {
    Matcher equality = EQUALITY.matcher(term);
    if (!equality.matches()) {
      throw ApiException.badRequest("fieldSelector: " + term + " (expected: field=value)");
    }
    boolean equal = !equality.group(2).equals("!=");
    return object -> equal == Json.at(object, equality.group(1)).asText().equals(equality.group(3));
  }

  private static JsonNode label(JsonNode object, String name) {
    return object.path("metadata").path("labels").path(name);
  }

  /** Splits at the commas that are not inside parentheses. */
  private static List<String> terms(String selector) {
    List<String> terms = new ArrayList<>();
    for (String term : selector.split(",(?![^(]*\\))", -1)) {
      if (!term.isBlank()) {
        terms.add(term.trim());
      }
    }
    return terms;
  }
}
