package dev.kibi.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kibi.local.api.store.Change;
import dev.kibi.local.api.store.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One watch: writes an event per change of a selected object, as lines of JSON, until the time is
 * up or the client is gone. An object that begins or ceases to match the selector is added or
 * deleted, as far as this watch is concerned.
 */
final class WatchStream {
  /** A bookmark this often finds out that a client has gone away. */
  private static final Duration BOOKMARK_INTERVAL = Duration.ofSeconds(30);

  private final ObjectStore store;
  private final ResourceType type;
  private final String namespace;
  private final Predicate<JsonNode> selector;
  private final Function<ObjectNode, ObjectNode> view;
  private final OutputStream out;

  /** {@code view} is how an object is shown: as itself or as a table. */
  WatchStream(
      ObjectStore store,
      ResourceType type,
      String namespace,
      Predicate<JsonNode> selector,
      Function<ObjectNode, ObjectNode> view,
      OutputStream out) {
    this.store = store;
    this.type = type;
    this.namespace = namespace;
    this.selector = selector;
    this.view = view;
    this.out = out;
  }

  /** {@code resourceVersion} empty or "0": starts with what there is; else with what came later. */
  void run(String resourceVersion, Duration timeout, boolean bookmarks)
      throws IOException, InterruptedException {
    long seen =
        resourceVersion.isEmpty() || resourceVersion.equals("0")
            ? sendExisting()
            : Long.parseLong(resourceVersion);
    out.flush();
    Instant end = Instant.now().plus(timeout);
    try {
      for (Duration left = timeout;
          left.isPositive();
          left = Duration.between(Instant.now(), end)) {
        Duration patience = left.compareTo(BOOKMARK_INTERVAL) < 0 ? left : BOOKMARK_INTERVAL;
        long before = seen;
        for (Change change : store.changesAfter(seen, patience)) {
          seen = change.revision();
          send(change);
        }
        if (seen == before && bookmarks) {
          send("BOOKMARK", bookmark(seen));
        }
        out.flush();
      }
    } catch (ObjectStore.ExpiredException e) {
      send("ERROR", ApiException.expired(String.valueOf(e.getMessage())).status());
      out.flush();
    }
  }

  private long sendExisting() throws IOException {
    ObjectStore.Snapshot all =
        store.list(key -> type.isOfType(key) && isInNamespace(key.namespace()));
    for (ObjectNode object : all.objects()) {
      if (selector.test(object)) {
        send("ADDED", view.apply(object));
      }
    }
    return all.revision();
  }

  private boolean isInNamespace(String candidate) {
    return namespace.isEmpty() || namespace.equals(candidate);
  }

  private void send(Change change) throws IOException {
    if (!type.isOfType(change.key()) || !isInNamespace(change.key().namespace())) {
      return;
    }
    @Nullable ObjectNode before = change.before();
    boolean matched = before != null && selector.test(before);
    boolean matches = !change.deletion() && selector.test(change.after());
    if (matched || matches) {
      String event = !matched ? "ADDED" : matches ? "MODIFIED" : "DELETED";
      send(event, view.apply(change.after()));
    }
  }

  private ObjectNode bookmark(long revision) {
    ObjectNode object =
        Json.object().put("kind", type.kind()).put("apiVersion", type.groupVersion());
    Json.metadata(object).put("resourceVersion", Long.toString(revision));
    return object;
  }

  private void send(String event, ObjectNode object) throws IOException {
    ObjectNode line = Json.object().put("type", event);
    line.set("object", object);
    out.write(Json.bytes(line));
    out.write('\n');
  }
}
