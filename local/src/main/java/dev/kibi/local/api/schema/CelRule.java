package dev.kibi.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * One CEL expression of a schema, compiled once. Values are untyped here ({@code dyn}), while the
 * API server also type-checks a rule against its schema when the CRD is created.
 */
final class CelRule {
  private static final Cel CEL =
      CelFactory.standardCelBuilder()
          .setOptions(CelOptions.DEFAULT)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addCompilerLibraries(
              CelExtensions.strings(),
              CelExtensions.optional(),
              CelExtensions.bindings(),
              CelExtensions.sets(CelOptions.DEFAULT))
          .addRuntimeLibraries(
              CelExtensions.strings(),
              CelExtensions.optional(),
              CelExtensions.sets(CelOptions.DEFAULT))
          .addVar("self", SimpleType.DYN)
          .addVar("oldSelf", SimpleType.DYN)
          .build();
  private static final Map<String, CelRule> COMPILED = new ConcurrentHashMap<>();
  private static final Pattern OLD_SELF = Pattern.compile("\\boldSelf\\b");

  private final CelRuntime.Program program;
  private final boolean transition;

  private CelRule(CelRuntime.Program program, boolean transition) {
    this.program = program;
    this.transition = transition;
  }

  /** Throws {@link IllegalArgumentException} for an expression that is not valid CEL. */
  static CelRule of(String expression) {
    return COMPILED.computeIfAbsent(expression, CelRule::compile);
  }

  private static CelRule compile(String expression) {
    try {
      CelAbstractSyntaxTree ast = CEL.compile(expression).getAst();
      return new CelRule(CEL.createProgram(ast), OLD_SELF.matcher(expression).find());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException(
          "rule: " + expression + " (expected: a CEL expression): " + e.getMessage(), e);
    }
  }

  /** Whether the rule compares with the old value, and so says nothing about a new object. */
  boolean isTransition() {
    return transition;
  }

  Object evaluate(JsonNode self, JsonNode oldSelf) throws CelEvaluationException {
    return program.eval(Map.of("self", CelValues.of(self), "oldSelf", CelValues.of(oldSelf)));
  }
}
