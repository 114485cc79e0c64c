package dev.kibi.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the {@code x-kubernetes-validations} of a schema.
 *
 * <p>A transition rule needs the old value of its field. It is found by name inside objects, and by
 * the map keys inside lists of {@code x-kubernetes-list-type: map}; elements of other lists have no
 * old value, so transition rules are not evaluated there.
 */
final class CelValidator {
  private final List<FieldError> errors = new ArrayList<>();

  private CelValidator() {}

  static List<FieldError> validate(JsonNode schema, JsonNode object, @Nullable JsonNode old) {
    CelValidator validator = new CelValidator();
    validator.walk(schema, object, old == null ? MissingNode.getInstance() : old, "");
    return validator.errors;
  }

  private void walk(JsonNode schema, JsonNode value, JsonNode old, String path) {
    if (value.isNull() && schema.path("nullable").asBoolean()) {
      return;
    }
    for (JsonNode rule : schema.path("x-kubernetes-validations")) {
      check(schema, rule, value, old, path);
    }
    if (value.isObject()) {
      walkObject(schema, value, old, path);
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        JsonNode element = value.get(i);
        JsonNode oldElement = oldElement(schema, element, old);
        walk(schema.path("items"), element, oldElement, path + "[" + i + "]");
      }
    }
  }

  private void walkObject(JsonNode schema, JsonNode value, JsonNode old, String path) {
    for (var field : value.properties()) {
      String name = field.getKey();
      JsonNode fieldSchema = schema.path("properties").path(name);
      if (fieldSchema.isMissingNode()) {
        fieldSchema = schema.path("additionalProperties");
      }
      if (fieldSchema.isObject()) {
        walk(fieldSchema, field.getValue(), old.path(name), Paths.child(path, name));
      }
    }
  }

  private static JsonNode oldElement(JsonNode listSchema, JsonNode element, JsonNode oldList) {
    if (!listSchema.path("x-kubernetes-list-type").asText().equals("map")) {
      return MissingNode.getInstance();
    }
    JsonNode keys = listSchema.path("x-kubernetes-list-map-keys");
    for (JsonNode candidate : oldList) {
      boolean same =
          StreamSupport.stream(keys.spliterator(), false)
              .map(JsonNode::asText)
              .allMatch(key -> candidate.path(key).equals(element.path(key)));
      if (same) {
        return candidate;
      }
    }
    return MissingNode.getInstance();
  }

  private void check(JsonNode schema, JsonNode rule, JsonNode value, JsonNode old, String path) {
    CelRule compiled = CelRule.of(rule.path("rule").asText());
    if (compiled.isTransition() && old.isMissingNode()) {
      return;
    }
    JsonNode oldSelf = old.isMissingNode() ? NullNode.getInstance() : old;
    try {
      if (!Objects.equals(compiled.evaluate(value, oldSelf), true)) {
        errors.add(error(schema, rule, path, message(rule, value, oldSelf)));
      }
    } catch (CelEvaluationException e) {
      errors.add(error(schema, rule, path, "rule evaluation error: " + e.getMessage()));
    }
  }

  private static String message(JsonNode rule, JsonNode value, JsonNode oldSelf)
      throws CelEvaluationException {
    if (rule.has("messageExpression")) {
      CelRule expression = CelRule.of(rule.get("messageExpression").asText());
      return String.valueOf(expression.evaluate(value, oldSelf));
    }
    return rule.has("message")
        ? rule.get("message").asText()
        : "failed rule: " + rule.path("rule").asText();
  }

  private static FieldError error(JsonNode schema, JsonNode rule, String path, String message) {
    String field = path + rule.path("fieldPath").asText();
    String value = schema.path("type").asText("object");
    String reason = rule.path("reason").asText("FieldValueInvalid");
    return switch (FieldError.Reason.valueOf(reason)) {
      case FieldValueInvalid -> FieldError.invalid(field, value, message);
      case FieldValueRequired ->
          new FieldError(FieldError.Reason.FieldValueRequired, field, "Required value: " + message);
      case FieldValueForbidden ->
          new FieldError(FieldError.Reason.FieldValueForbidden, field, "Forbidden: " + message);
      case FieldValueDuplicate ->
          new FieldError(
              FieldError.Reason.FieldValueDuplicate, field, "Duplicate value: \"" + value + "\"");
      case FieldValueNotSupported -> FieldError.invalid(field, value, message);
    };
  }
}
