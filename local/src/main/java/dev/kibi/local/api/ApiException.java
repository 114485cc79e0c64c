package dev.kibi.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kibi.local.api.schema.FieldError;
import java.util.List;
import java.util.stream.Collectors;

/** A request that is refused, as the API server says it: an HTTP code and a {@code Status}. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;
  private final transient ObjectNode status;

  private ApiException(int code, String reason, String message, ObjectNode details) {
    super(message);
    this.code = code;
    this.status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", message).put("reason", reason);
    status.set("details", details);
    status.put("code", code);
  }

  public int code() {
    return code;
  }

  public ObjectNode status() {
    return status;
  }

  static ApiException notFound(ResourceType type, String name) {
    return about(
        404, "NotFound", type, name, "%s \"%s\" not found".formatted(type.qualifiedPlural(), name));
  }

  static ApiException noSuchPath(String path) {
    return new ApiException(
        404,
        "NotFound",
        "the server could not find the requested resource: " + path,
        Json.object());
  }

  static ApiException alreadyExists(ResourceType type, String name) {
    String message = "%s \"%s\" already exists".formatted(type.qualifiedPlural(), name);
    return about(409, "AlreadyExists", type, name, message);
  }

  static ApiException conflict(ResourceType type, String name, String why) {
    String message =
        "Operation cannot be fulfilled on %s \"%s\": %s"
            .formatted(type.qualifiedPlural(), name, why);
    return about(409, "Conflict", type, name, message);
  }

  static ApiException invalid(ResourceType type, String name, List<FieldError> errors) {
    String what = errors.stream().map(FieldError::toString).collect(Collectors.joining(", "));
    String message =
        "%s \"%s\" is invalid: %s"
            .formatted(type.qualifiedKind(), name, errors.size() == 1 ? what : "[" + what + "]");
    ApiException exception = about(422, "Invalid", type, name, message);
    var causes = exception.status.withObject("/details").putArray("causes");
    for (FieldError error : errors) {
      causes
          .addObject()
          .put("reason", error.reason().name())
          .put("message", error.message())
          .put("field", error.field());
    }
    return exception;
  }

  static ApiException badRequest(String message) {
    return new ApiException(400, "BadRequest", message, Json.object());
  }

  static ApiException unsupportedMediaType(String message) {
    return new ApiException(415, "UnsupportedMediaType", message, Json.object());
  }

  static ApiException methodNotAllowed(String method, String path) {
    return new ApiException(
        405,
        "MethodNotAllowed",
        "the server does not allow this method on the requested resource: " + method + " " + path,
        Json.object());
  }

  static ApiException expired(String message) {
    return new ApiException(410, "Expired", message, Json.object());
  }

  private static ApiException about(
      int code, String reason, ResourceType type, String name, String message) {
    ObjectNode details = Json.object().put("name", name);
    if (!type.group().isEmpty()) {
      details.put("group", type.group());
    }
    // A validation error names the kind, every other one the resource; kubectl prints either.
    return new ApiException(
        code, reason, message, details.put("kind", code == 422 ? type.kind() : type.plural()));
  }
}
