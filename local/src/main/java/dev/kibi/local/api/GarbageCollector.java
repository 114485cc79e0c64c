package dev.kibi.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kibi.local.api.store.Change;
import dev.kibi.local.api.store.ObjectStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what has lost its reason to exist: objects all of whose owners are gone and the contents
 * of deleted namespaces. Propagation is always in the background.
 */
final class GarbageCollector implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ObjectStore store;
  private final Resources resources;
  private final ResourceTypes types;

  GarbageCollector(ObjectStore store, Resources resources, ResourceTypes types) {
    this.store = store;
    this.resources = resources;
    this.types = types;
  }

  /** Runs until interrupted. */
  @Override
  public void run() {
    long seen = store.revision();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        boolean relevant = false;
        for (Change change : store.changesAfter(seen, PATIENCE)) {
          seen = change.revision();
          relevant |= change.deletion() || gainedOwner(change);
        }
        if (relevant) {
          collect();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ObjectStore.ExpiredException e) {
        seen = store.revision();
        collect();
      }
    }
  }

  /** An owner may have been deleted before its dependent was created. */
  private static boolean gainedOwner(Change change) {
    return change.before() == null && change.after().at("/metadata/ownerReferences").size() > 0;
  }

  /** One sweep over everything; objects are few, and deletions are rare. */
  private void collect() {
    ObjectStore.Snapshot all = store.list(key -> true);
    Set<String> uids = new HashSet<>();
    Set<String> namespaces = new HashSet<>(Set.of(""));
    for (ObjectNode object : all.objects()) {
      uids.add(object.at("/metadata/uid").asText());
      if (object.path("kind").asText().equals("Namespace")) {
        namespaces.add(object.at("/metadata/name").asText());
      }
    }
    for (ObjectNode object : all.objects()) {
      types
          .findKind(object.path("apiVersion").asText(), object.path("kind").asText())
          .filter(type -> isOrphan(object, uids, namespaces))
          .ifPresent(type -> delete(type, object));
    }
  }

  private static boolean isOrphan(ObjectNode object, Set<String> uids, Set<String> namespaces) {
    JsonNode owners = object.at("/metadata/ownerReferences");
    boolean allOwnersGone =
        !owners.isEmpty()
            && StreamSupport.stream(owners.spliterator(), false)
                .noneMatch(owner -> uids.contains(owner.path("uid").asText()));
    return allOwnersGone || !namespaces.contains(object.at("/metadata/namespace").asText());
  }

  private void delete(ResourceType type, ObjectNode object) {
    if (object.path("metadata").has("deletionTimestamp")) {
      return;
    }
    String namespace = object.at("/metadata/namespace").asText();
    String name = object.at("/metadata/name").asText();
    ObjectNode options = Json.object();
    options.putObject("preconditions").set("uid", object.at("/metadata/uid"));
    try {
      resources.delete(type, namespace, name, options, WriteOptions.INTERNAL);
      LOG.info("collected kind={} namespace={} name={}", type.kind(), namespace, name);
    } catch (ApiException e) {
      LOG.debug("not collected kind={} name={} reason={}", type.kind(), name, e.getMessage());
    }
  }
}
