package dev.kibi.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** JSON as the values CEL computes with. */
final class CelValues {
  /** Words of the CEL language; a field of that name is written {@code __name__} in a rule. */
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private CelValues() {}

  static Object of(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> map(node);
      case ARRAY -> list(node);
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> node.isIntegralNumber() ? (Object) node.longValue() : node.doubleValue();
      case STRING -> node.textValue();
      case NULL, MISSING -> NullValue.NULL_VALUE;
      default -> throw new IllegalArgumentException("not a JSON value: " + node.getNodeType());
    };
  }

  private static Map<String, Object> map(JsonNode node) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (var field : node.properties()) {
      map.put(escape(field.getKey()), of(field.getValue()));
    }
    return map;
  }

  private static List<Object> list(JsonNode node) {
    List<Object> list = new ArrayList<>(node.size());
    node.forEach(element -> list.add(of(element)));
    return list;
  }

  private static String escape(String name) {
    return RESERVED.contains(name) ? "__" + name + "__" : name;
  }
}
