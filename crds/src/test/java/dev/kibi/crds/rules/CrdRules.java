package dev.kibi.crds.rules;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the CEL rules of a committed CRD as an API server does: every rule on the value at its
 * place, a rule with {@code oldSelf} only where there is a value before.
 */
final class CrdRules {

  private static final Cel CEL =
      CelFactory.standardCelBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("self", SimpleType.DYN)
          .addVar("oldSelf", SimpleType.DYN)
          .build();

  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.USE_LONG_FOR_INTS, true);

  private final JSONSchemaProps root;

  private CrdRules(JSONSchemaProps root) {
    this.root = root;
  }

  /** The rules of a file beneath {@code /crds} on the class path. */
  static CrdRules of(String file) {
    try (InputStream in =
        Objects.requireNonNull(CrdRules.class.getResourceAsStream("/crds/" + file), file)) {
      CustomResourceDefinition crd = Serialization.unmarshal(in, CustomResourceDefinition.class);
      return new CrdRules(crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The messages of all rules. */
  List<String> messages() {
    List<String> messages = new ArrayList<>();
    collect(root, messages);
    return messages;
  }

  /** The messages of the rules that an object breaks, or its change from an old one. */
  List<String> brokenBy(@Nullable Object old, Object object) {
    List<String> broken = new ArrayList<>();
    check(root, old == null ? null : tree(old), tree(object), broken);
    return broken;
  }

  private static Object tree(Object object) {
    return JSON.convertValue(
        object instanceof String yaml
            ? Serialization.unmarshal(yaml, Map.class)
            : Serialization.unmarshal(Serialization.asJson(object), Map.class),
        Object.class);
  }

  private static void collect(JSONSchemaProps schema, List<String> messages) {
    rules(schema).forEach(rule -> messages.add(rule.getMessage()));
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(inner -> collect(inner, messages));
    }
    if (schema.getItems() != null) {
      collect(schema.getItems().getSchema(), messages);
    }
    if (schema.getAdditionalProperties() != null) {
      collect(schema.getAdditionalProperties().getSchema(), messages);
    }
  }

  private static void check(
      JSONSchemaProps schema, @Nullable Object old, Object value, List<String> broken) {
    for (ValidationRule rule : rules(schema)) {
      boolean transition = rule.getRule().contains("oldSelf");
      if ((!transition || old != null) && !holds(rule.getRule(), old, value)) {
        broken.add(rule.getMessage());
      }
    }
    if (value instanceof Map<?, ?> fields) {
      Map<?, ?> before = old instanceof Map<?, ?> map ? map : Map.of();
      fields.forEach((name, field) -> {
        JSONSchemaProps inner = schemaOf(schema, String.valueOf(name));
        if (inner != null && field != null) {
          check(inner, before.get(name), field, broken);
        }
      });
    }
    if (value instanceof List<?> items) {
      items.forEach(item -> check(schema.getItems().getSchema(), null, item, broken));
    }
  }

  private static @Nullable JSONSchemaProps schemaOf(JSONSchemaProps schema, String field) {
    if (schema.getAdditionalProperties() != null) {
      return schema.getAdditionalProperties().getSchema();
    }
    return schema.getProperties() == null ? null : schema.getProperties().get(field);
  }

  private static boolean holds(String rule, @Nullable Object old, Object value) {
    try {
      Map<String, Object> variables =
          old == null ? Map.of("self", value) : Map.of("self", value, "oldSelf", old);
      return (Boolean) CEL.createProgram(CEL.compile(rule).getAst()).eval(variables);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new AssertionError(rule, e);
    }
  }

  private static List<ValidationRule> rules(JSONSchemaProps schema) {
    return schema.getXKubernetesValidations() == null
        ? List.of()
        : schema.getXKubernetesValidations();
  }
}
