package dev.kibi.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an update or a deletion may change of an object: pure functions from old to new state. */
final class Updates {
  private static final long DEFAULT_GRACE_SECONDS = 30;
  private static final List<String> SERVER_OWNED =
      List.of(
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds");

  private Updates() {}

  /**
   * The object after {@code wanted} was written over {@code current}: through {@code status} only
   * the status changes, otherwise everything but the status and what the server keeps itself.
   */
  static ObjectNode merge(
      ResourceType type, ObjectNode current, ObjectNode wanted, String subresource) {
    if (subresource.equals("status")) {
      ObjectNode next = current.deepCopy();
      copyField("status", wanted, next);
      return next;
    }
    ObjectNode next = wanted.deepCopy();
    ObjectNode metadata = Json.metadata(next);
    metadata.remove("managedFields");
    JsonNode currentMetadata = current.path("metadata");
    SERVER_OWNED.forEach(field -> copyField(field, currentMetadata, metadata));
    if (type.hasStatus()) {
      copyField("status", current, next);
    }
    if (type.countsGenerations() && !contents(next).equals(contents(current))) {
      metadata.put("generation", currentMetadata.path("generation").asLong() + 1);
    }
    return next;
  }

  private static void copyField(String field, JsonNode from, ObjectNode to) {
    if (from.has(field)) {
      to.set(field, from.get(field).deepCopy());
    } else {
      to.remove(field);
    }
  }

  private static ObjectNode contents(ObjectNode object) {
    return object.deepCopy().without(List.of("metadata", "status", "kind", "apiVersion"));
  }

  /** Whether an object that is being deleted has nothing left to wait for. */
  static boolean isDeletionComplete(ObjectNode object) {
    JsonNode metadata = object.path("metadata");
    return metadata.has("deletionTimestamp")
        && metadata.path("finalizers").isEmpty()
        && metadata.path("deletionGracePeriodSeconds").asLong() == 0;
  }

  /** The object marked as being deleted; null if it can go at once. */
  static @Nullable ObjectNode markDeleted(
      ResourceType type, ObjectNode current, JsonNode deleteOptions, Instant now) {
    long grace = gracePeriod(type, current, deleteOptions);
    ObjectNode next = current.deepCopy();
    ObjectNode metadata = Json.metadata(next);
    boolean alreadyMarked = metadata.has("deletionTimestamp");
    if (!alreadyMarked) {
      Instant deadline = now.plusSeconds(grace).truncatedTo(ChronoUnit.SECONDS);
      metadata.put("deletionTimestamp", deadline.toString());
      if (type.countsGenerations()) {
        metadata.put("generation", metadata.path("generation").asLong() + 1);
      }
    }
    if (!alreadyMarked || grace < metadata.path("deletionGracePeriodSeconds").asLong()) {
      metadata.put("deletionGracePeriodSeconds", grace);
    }
    return isDeletionComplete(next) ? null : next;
  }

  /** Only a pod that a kubelet looks after has something to end gracefully. */
  private static long gracePeriod(ResourceType type, ObjectNode current, JsonNode deleteOptions) {
    if (!type.equals(BuiltInTypes.POD) || !current.at("/spec").has("nodeName")) {
      return 0;
    }
    JsonNode asked = deleteOptions.path("gracePeriodSeconds");
    return asked.isIntegralNumber()
        ? asked.asLong()
        : current.at("/spec/terminationGracePeriodSeconds").asLong(DEFAULT_GRACE_SECONDS);
  }
}
