package dev.kibi.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Checks a value against the types and limits of a structural schema; CEL rules are not its job.
 */
final class SchemaValidator {
  private final List<FieldError> errors = new ArrayList<>();

  private SchemaValidator() {}

  static List<FieldError> validate(JsonNode schema, JsonNode object) {
    SchemaValidator validator = new SchemaValidator();
    validator.check(schema, object, "");
    return validator.errors;
  }

  private void check(JsonNode schema, JsonNode value, String path) {
    if (value.isNull() && schema.path("nullable").asBoolean()) {
      return;
    }
    if (!hasDeclaredType(schema, value)) {
      String expected =
          schema.path("x-kubernetes-int-or-string").asBoolean()
              ? "integer or string"
              : schema.path("type").asText();
      String actual = typeOf(value);
      errors.add(
          new FieldError(
              FieldError.Reason.FieldValueInvalid,
              path,
              "Invalid value: \"%s\": %s in body must be of type %s: \"%s\""
                  .formatted(actual, path, expected, actual)));
      return;
    }
    checkEnum(schema, value, path);
    if (value.isNumber()) {
      checkNumber(schema, value, path);
    } else if (value.isTextual()) {
      checkText(schema, value, path);
    } else if (value.isArray()) {
      checkArray(schema, value, path);
    } else if (value.isObject()) {
      checkObject(schema, value, path);
    }
  }

  private static boolean hasDeclaredType(JsonNode schema, JsonNode value) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return value.isIntegralNumber() || value.isTextual();
    }
    return switch (schema.path("type").asText()) {
      case "" -> true;
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      default -> typeOf(value).equals(schema.path("type").asText());
    };
  }

  static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case ARRAY -> "array";
      case NULL -> "null";
      default -> "object";
    };
  }

  private void checkEnum(JsonNode schema, JsonNode value, String path) {
    List<JsonNode> supported =
        StreamSupport.stream(schema.path("enum").spliterator(), false).toList();
    if (!supported.isEmpty() && !supported.contains(value)) {
      errors.add(FieldError.notSupported(path, value, supported));
    }
  }

  private void checkNumber(JsonNode schema, JsonNode value, String path) {
    JsonNode minimum = schema.path("minimum");
    boolean aboveOnly = schema.path("exclusiveMinimum").asBoolean();
    if (minimum.isNumber() && isBelow(value, minimum, aboveOnly)) {
      String bound = aboveOnly ? "greater than " : "greater than or equal to ";
      errors.add(FieldError.invalid(path, value, path + " in body should be " + bound + minimum));
    }
    JsonNode maximum = schema.path("maximum");
    boolean belowOnly = schema.path("exclusiveMaximum").asBoolean();
    if (maximum.isNumber() && isBelow(maximum, value, belowOnly)) {
      String bound = belowOnly ? "less than " : "less than or equal to ";
      errors.add(FieldError.invalid(path, value, path + " in body should be " + bound + maximum));
    }
    if (schema.path("format").asText().equals("int32") && !value.canConvertToInt()) {
      errors.add(FieldError.invalid(path, value, path + " in body must be of type int32"));
    }
  }

  private static boolean isBelow(JsonNode value, JsonNode limit, boolean orEqual) {
    int comparison = value.decimalValue().compareTo(limit.decimalValue());
    return orEqual ? comparison <= 0 : comparison < 0;
  }

  private void checkText(JsonNode schema, JsonNode value, String path) {
    String text = value.asText();
    String pattern = schema.path("pattern").asText();
    if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).find()) {
      errors.add(FieldError.invalid(path, value, path + " in body should match '" + pattern + "'"));
    }
    int length = text.codePointCount(0, text.length());
    checkSize(schema, "Length", length, value, path, "be at %s %d chars long");
  }

  private void checkArray(JsonNode schema, JsonNode value, String path) {
    checkSize(schema, "Items", value.size(), value, path, "have at %s %d items");
    for (int i = 0; i < value.size(); i++) {
      check(schema.path("items"), value.get(i), path + "[" + i + "]");
    }
  }

  /** {@code minLength}, {@code maxItems} and their kin. */
  private void checkSize(
      JsonNode schema, String unit, int size, JsonNode value, String path, String sentence) {
    JsonNode min = schema.path("min" + unit);
    if (min.isNumber() && size < min.asInt()) {
      String expected = sentence.formatted("least", min.asInt());
      errors.add(FieldError.invalid(path, value, path + " in body should " + expected));
    }
    JsonNode max = schema.path("max" + unit);
    if (max.isNumber() && size > max.asInt()) {
      String expected = sentence.formatted("most", max.asInt());
      errors.add(FieldError.invalid(path, value, path + " in body should " + expected));
    }
  }

  private void checkObject(JsonNode schema, JsonNode value, String path) {
    checkSize(schema, "Properties", value.size(), value, path, "have at %s %d properties");
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.asText())) {
        errors.add(FieldError.required(Paths.child(path, name.asText())));
      }
    }
    JsonNode properties = schema.path("properties");
    JsonNode additional = schema.path("additionalProperties");
    for (var field : value.properties()) {
      JsonNode fieldSchema = properties.path(field.getKey());
      if (fieldSchema.isObject() || additional.isObject()) {
        check(
            fieldSchema.isObject() ? fieldSchema : additional,
            field.getValue(),
            Paths.child(path, field.getKey()));
      }
    }
  }
}
