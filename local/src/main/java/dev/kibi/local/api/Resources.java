package dev.kibi.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kibi.local.api.schema.FieldError;
import dev.kibi.local.api.store.Key;
import dev.kibi.local.api.store.ObjectStore;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of the Kubernetes API on stored objects. A refused request throws {@link ApiException}
 * and changes nothing.
 */
final class Resources {
  private final ObjectStore store;
  private final ResourceTypes types;
  private final Admission admission;
  private final Clock clock;

  Resources(ObjectStore store, ResourceTypes types, Admission admission, Clock clock) {
    this.store = store;
    this.types = types;
    this.admission = admission;
    this.clock = clock;
  }

  ObjectNode get(ResourceType type, String namespace, String name) {
    return store
        .get(type.key(namespace, name))
        .orElseThrow(() -> ApiException.notFound(type, name));
  }

  /** Objects of one namespace, or of all if {@code namespace} is empty. */
  ObjectStore.Snapshot list(
      ResourceType type, String namespace, Predicate<? super ObjectNode> wanted) {
    ObjectStore.Snapshot all =
        store.list(key ->
            type.isOfType(key) && (namespace.isEmpty() || key.namespace().equals(namespace)));
    return new ObjectStore.Snapshot(all.objects().stream().filter(wanted).toList(), all.revision());
  }

  ObjectNode create(ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
    checkEnvelope(type, body);
    ObjectNode metadata = Json.metadata(body);
    if (type.namespaced()) {
      get(BuiltInTypes.NAMESPACE, "", namespace);
      if (!metadata.path("namespace").asText(namespace).equals(namespace)) {
        throw ApiException.badRequest(
            "the namespace of the provided object does not match the namespace sent on the request");
      }
      metadata.put("namespace", namespace);
    }
    if (metadata.has("resourceVersion")) {
      throw ApiException.badRequest("resourceVersion should not be set on objects to be created");
    }
    String name = nameOfNew(metadata);
    admission.decode(type, body, options);
    metadata
        .put("name", name)
        .put("uid", UUID.randomUUID().toString())
        .put("creationTimestamp", now());
    metadata.remove(List.of("generation", "deletionTimestamp", "managedFields"));
    if (type.countsGenerations()) {
      metadata.put("generation", 1);
    }
    if (type.hasStatus()) {
      body.remove("status");
    }
    ObjectNode created =
        write(
            type.key(namespace, name),
            options,
            current -> {
              if (current != null) {
                throw ApiException.alreadyExists(type, name);
              }
              admission.admit(type, body, null);
              return body;
            });
    if (type.equals(BuiltInTypes.CUSTOM_RESOURCE_DEFINITION)) {
      types.addDefinedBy(created);
    }
    return created;
  }

  private static String nameOfNew(ObjectNode metadata) {
    String name = metadata.path("name").asText();
    String prefix = metadata.path("generateName").asText();
    if (name.isEmpty() && !prefix.isEmpty()) {
      int random = ThreadLocalRandom.current().nextInt(36 * 36 * 36 * 36);
      return prefix + Integer.toString(random + 36 * 36 * 36 * 36, 36);
    }
    return name;
  }

  /** PUT on an object or its {@code status}. */
  ObjectNode replace(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      ObjectNode body,
      WriteOptions options) {
    get(type, namespace, name);
    checkEnvelope(type, body);
    admission.decode(type, body, options);
    if (!body.at("/metadata/name").asText(name).equals(name)) {
      throw ApiException.badRequest("the name of the object does not match the name on the URL");
    }
    if (type.schema() != null && !body.at("/metadata/resourceVersion").isTextual()) {
      throw ApiException.invalid(
          type,
          name,
          List.of(
              FieldError.invalid(
                  "metadata.resourceVersion", "0x0", "must be specified for an update")));
    }
    return update(type, namespace, name, subresource, body, options, (current, wanted) -> wanted);
  }

  /** PATCH of an object, its {@code status} or its {@code scale}. */
  ObjectNode patch(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      Patch patch,
      WriteOptions options) {
    return update(
        type,
        namespace,
        name,
        subresource.equals("scale") ? "" : subresource,
        Json.object(),
        options,
        (current, ignored) -> {
          ObjectNode patched =
              subresource.equals("scale")
                  ? Scales.applyTo(type, current, patch.applyTo(Scales.of(type, current)))
                  : patch.applyTo(current);
          checkEnvelope(type, patched);
          admission.decode(type, patched, options);
          return patched;
        });
  }

  /** PUT on the {@code scale} of an object. */
  ObjectNode scale(
      ResourceType type, String namespace, String name, ObjectNode scale, WriteOptions options) {
    return update(
        type,
        namespace,
        name,
        "",
        scale,
        options,
        (current, wanted) -> Scales.applyTo(type, current, wanted));
  }

  private interface Change {
    ObjectNode apply(ObjectNode current, ObjectNode body);
  }

  private ObjectNode update(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      ObjectNode body,
      WriteOptions options,
      Change change) {
    if (subresource.equals("status") && !type.hasStatus()) {
      throw ApiException.noSuchPath(type.plural() + "/" + name + "/status");
    }
    return write(
        type.key(namespace, name),
        options,
        current -> {
          if (current == null) {
            throw ApiException.notFound(type, name);
          }
          ObjectNode wanted = change.apply(current, body);
          checkPreconditions(type, name, current, wanted.path("metadata"));
          ObjectNode next = Updates.merge(type, current, wanted, subresource);
          if (Updates.isDeletionComplete(next)) {
            return null;
          }
          admission.admit(type, next, current);
          return next;
        });
  }

  private static void checkPreconditions(
      ResourceType type, String name, ObjectNode current, JsonNode wanted) {
    JsonNode metadata = current.path("metadata");
    for (String field : List.of("uid", "resourceVersion")) {
      JsonNode expected = wanted.path(field);
      if (!expected.asText().isEmpty()
          && !expected.asText().equals(metadata.path(field).asText())) {
        String why =
            field.equals("uid")
                ? "Precondition failed: UID in precondition: %s, UID in object meta: %s"
                    .formatted(expected.asText(), metadata.path(field).asText())
                : "the object has been modified; please apply your changes to the latest version"
                    + " and try again";
        throw ApiException.conflict(type, name, why);
      }
    }
  }

  /**
   * Deletes an object, or marks it as being deleted while it has finalizers or, if it is a pod on a
   * node, until its containers have ended. Returns its last state.
   */
  ObjectNode delete(
      ResourceType type,
      String namespace,
      String name,
      JsonNode deleteOptions,
      WriteOptions options) {
    ObjectNode deleted =
        write(
            type.key(namespace, name),
            options,
            current -> {
              if (current == null) {
                throw ApiException.notFound(type, name);
              }
              checkPreconditions(type, name, current, deleteOptions.path("preconditions"));
              return Updates.markDeleted(type, current, deleteOptions, clock.instant());
            });
    boolean isGone = store.get(type.key(namespace, name)).isEmpty();
    if (isGone && type.equals(BuiltInTypes.CUSTOM_RESOURCE_DEFINITION)) {
      removeObjectsDefinedBy(deleted);
    }
    return deleted;
  }

  private void removeObjectsDefinedBy(ObjectNode crd) {
    for (ResourceType type : types.removeDefinedBy(crd)) {
      for (ObjectNode object : list(type, "", any -> true).objects()) {
        JsonNode metadata = object.path("metadata");
        Key key = type.key(metadata.path("namespace").asText(), metadata.path("name").asText());
        store.write(key, current -> null);
      }
    }
  }

  private ObjectNode write(Key key, WriteOptions options, ObjectStore.Write write) {
    if (!options.dryRun()) {
      return store.write(key, write).orElseThrow();
    }
    ObjectNode current = store.get(key).orElse(null);
    @Nullable ObjectNode next = write.apply(current);
    return next == null ? Json.object() : next;
  }

  private static void checkEnvelope(ResourceType type, ObjectNode body) {
    String kind = body.path("kind").asText(type.kind());
    String apiVersion = body.path("apiVersion").asText(type.groupVersion());
    if (!kind.equals(type.kind()) || !apiVersion.equals(type.groupVersion())) {
      throw ApiException.badRequest(
          "the object is a %s of %s (expected: %s of %s)"
              .formatted(kind, apiVersion, type.kind(), type.groupVersion()));
    }
    body.put("kind", kind).put("apiVersion", apiVersion);
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
