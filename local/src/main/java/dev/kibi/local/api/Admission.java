package dev.kibi.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kibi.local.api.WriteOptions.FieldValidation;
import dev.kibi.local.api.schema.FieldError;
import dev.kibi.local.api.schema.StructuralSchema;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the server itself checks and writes before it stores an object. */
final class Admission {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9.:]*[a-z0-9])?", Pattern.CASE_INSENSITIVE);
  private static final Pattern DNS_NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

  private final Supplier<String> clusterIps;

  /** {@code clusterIps} gives the address of each new Service. */
  Admission(Supplier<String> clusterIps) {
    this.clusterIps = clusterIps;
  }

  /** Drops unknown fields of {@code body}, as a request asks for it. */
  void decode(ResourceType type, ObjectNode body, WriteOptions options) {
    StructuralSchema schema = type.schema();
    if (schema == null) {
      return;
    }
    List<String> unknown = schema.dropUnknown(body);
    if (unknown.isEmpty() || options.fieldValidation() == FieldValidation.IGNORE) {
      return;
    }
    String sentence =
        unknown.stream()
            .map(field -> "unknown field \"" + field + "\"")
            .collect(Collectors.joining(", "));
    if (options.fieldValidation() == FieldValidation.STRICT) {
      throw ApiException.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: strict decoding error: %s"
              .formatted(type.kind(), type.version(), type.kind(), sentence));
    }
    options.warnings().accept(sentence);
  }

  /** Completes and validates {@code object}, which is about to replace {@code current}. */
  void admit(ResourceType type, ObjectNode object, @Nullable ObjectNode current) {
    String name = object.at("/metadata/name").asText();
    checkName(type, name);
    if (type.equals(BuiltInTypes.SERVICE)) {
      giveAddress(object, current);
    } else if (type.equals(BuiltInTypes.POD) && !object.has("status")) {
      object.putObject("status").put("phase", "Pending");
    } else if (type.equals(BuiltInTypes.CUSTOM_RESOURCE_DEFINITION)) {
      establish(object);
    }
    StructuralSchema schema = type.schema();
    if (schema != null) {
      schema.applyDefaults(object);
      List<FieldError> errors = schema.validate(object, current);
      if (!errors.isEmpty()) {
        throw ApiException.invalid(type, name, errors);
      }
    }
  }

  private static void checkName(ResourceType type, String name) {
    // RBAC names may hold colons and capitals; all others become DNS names.
    boolean rbac = type.group().startsWith("rbac.");
    if (!(rbac ? NAME : DNS_NAME).matcher(name).matches() || name.length() > 253) {
      throw ApiException.invalid(
          type,
          name,
          List.of(
              FieldError.invalid(
                  "metadata.name",
                  name,
                  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                      + " characters, '-' or '.', and must start and end with an alphanumeric"
                      + " character")));
    }
  }

  /** An address is given once: an update that does not name it keeps it. */
  private void giveAddress(ObjectNode service, @Nullable ObjectNode current) {
    ObjectNode spec = service.withObject("/spec");
    if (!spec.has("type")) {
      spec.put("type", "ClusterIP");
    }
    if (spec.path("clusterIP").asText().isEmpty()) {
      JsonNode kept = current == null ? spec.path("none") : current.at("/spec/clusterIP");
      spec.put("clusterIP", kept.asText().isEmpty() ? clusterIps.get() : kept.asText());
    }
  }

  private static void establish(ObjectNode crd) {
    ObjectNode status = Json.object();
    status.set("acceptedNames", crd.at("/spec/names").deepCopy());
    var conditions = status.putArray("conditions");
    for (String condition : List.of("NamesAccepted", "Established")) {
      conditions
          .addObject()
          .put("type", condition)
          .put("status", "True")
          .put("reason", "NoConflicts")
          .put("message", "served by the embedded API server")
          .put(
              "lastTransitionTime",
              crd.at("/metadata/creationTimestamp").asText(Instant.EPOCH.toString()));
    }
    crd.set("status", status);
  }
}
