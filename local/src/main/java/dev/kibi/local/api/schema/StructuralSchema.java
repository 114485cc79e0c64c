package dev.kibi.local.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code openAPIV3Schema} of a custom resource, applied in the order of the API server: drop
 * unknown fields, fill in defaults, validate.
 */
public record StructuralSchema(ObjectNode root) {

  /** Drops the fields the schema does not know and returns their paths. */
  public List<String> dropUnknown(ObjectNode object) {
    return UnknownFields.drop(root, object);
  }

  public void applyDefaults(ObjectNode object) {
    Defaults.apply(root, object);
  }

  /**
   * Everything wrong with {@code object}; {@code old} is what it replaces, for transition rules.
   */
  public List<FieldError> validate(ObjectNode object, @Nullable JsonNode old) {
    List<FieldError> errors = new ArrayList<>(SchemaValidator.validate(root, object));
    if (errors.isEmpty()) {
      // Rules may rely on the types that the schema promises, so they see well-formed objects only.
      errors.addAll(CelValidator.validate(root, object, old));
    }
    return errors;
  }
}
