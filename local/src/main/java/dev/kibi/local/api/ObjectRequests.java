package dev.kibi.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kibi.local.api.store.ObjectStore;
import dev.kibi.local.api.table.Tables;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Requests for objects: {@code /apis/GROUP/VERSION/namespaces/NS/PLURAL/NAME/SUBRESOURCE}. */
final class ObjectRequests {
  private static final Duration WATCH_LIMIT = Duration.ofHours(1);

  private final ObjectStore store;
  private final Resources resources;
  private final ResourceTypes types;
  private final PodLogs logs;

  ObjectRequests(ObjectStore store, Resources resources, ResourceTypes types, PodLogs logs) {
    this.store = store;
    this.resources = resources;
    this.types = types;
    this.logs = logs;
  }

  /** What a path names; {@code namespace} and {@code name} may be empty: "all". */
  private record Target(ResourceType type, String namespace, String name, String subresource) {}

  private Target target(Request request) {
    List<String> path = request.path();
    boolean core = path.get(0).equals("api");
    String groupVersion = core ? path.get(1) : path.get(1) + "/" + path.get(2);
    List<String> rest = new ArrayList<>(path.subList(core ? 2 : 3, path.size()));
    String namespace = "";
    boolean hasNamespace = rest.size() > 2 && rest.get(0).equals("namespaces");
    if (hasNamespace && types.find(groupVersion, rest.get(2)).isPresent()) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    ResourceType type =
        types
            .find(groupVersion, rest.get(0))
            .orElseThrow(() -> ApiException.noSuchPath(String.join("/", path)));
    return new Target(
        type, namespace, rest.size() > 1 ? rest.get(1) : "", rest.size() > 2 ? rest.get(2) : "");
  }

  void handle(Request request) throws IOException, InterruptedException {
    Target target = target(request);
    if (target.name().isEmpty()) {
      handleCollection(request, target);
    } else if (target.subresource().equals("scale")) {
      handleScale(request, target);
    } else if (target.subresource().equals("log") && target.type().equals(BuiltInTypes.POD)) {
      sendLog(request, target);
    } else if (target.subresource().isEmpty() || target.subresource().equals("status")) {
      handleObject(request, target);
    } else {
      throw ApiException.noSuchPath(String.join("/", request.path()));
    }
  }

  private void handleCollection(Request request, Target target)
      throws IOException, InterruptedException {
    switch (request.method()) {
      case "GET" -> {
        if (request.isSet("watch")) {
          watch(request, target);
        } else {
          list(request, target);
        }
      }
      case "POST" -> {
        ObjectNode body = Json.parse(request.body());
        ObjectNode created =
            resources.create(target.type(), target.namespace(), body, request.writeOptions());
        Reply.json(request.exchange(), 201, created);
      }
      case "DELETE" -> {
        ObjectNode options = deleteOptions(request);
        for (ObjectNode object : selected(request, target).objects()) {
          JsonNode metadata = object.path("metadata");
          resources.delete(
              target.type(),
              metadata.path("namespace").asText(),
              metadata.path("name").asText(),
              options,
              request.writeOptions());
        }
        Reply.json(request.exchange(), 200, success());
      }
      default -> throw notAllowed(request);
    }
  }

  private void handleObject(Request request, Target target) throws IOException {
    ResourceType type = target.type();
    String namespace = target.namespace();
    String name = target.name();
    ObjectNode result =
        switch (request.method()) {
          case "GET" -> resources.get(type, namespace, name);
          case "PUT" ->
              resources.replace(
                  type,
                  namespace,
                  name,
                  target.subresource(),
                  Json.parse(request.body()),
                  request.writeOptions());
          case "PATCH" -> patch(request, target);
          case "DELETE" ->
              resources.delete(
                  type, namespace, name, deleteOptions(request), request.writeOptions());
          default -> throw notAllowed(request);
        };
    boolean table = request.method().equals("GET") && request.wantsTable();
    Reply.json(request.exchange(), 200, table ? table(request, type, List.of(result)) : result);
  }

  private void handleScale(Request request, Target target) throws IOException {
    ResourceType type = target.type();
    ObjectNode object =
        switch (request.method()) {
          case "GET" -> resources.get(type, target.namespace(), target.name());
          case "PUT" ->
              resources.scale(
                  type,
                  target.namespace(),
                  target.name(),
                  Json.parse(request.body()),
                  request.writeOptions());
          case "PATCH" -> patch(request, target);
          default -> throw notAllowed(request);
        };
    Reply.json(request.exchange(), 200, Scales.of(type, object));
  }

  private ObjectNode patch(Request request, Target target) throws IOException {
    return resources.patch(
        target.type(),
        target.namespace(),
        target.name(),
        target.subresource(),
        Patch.parse(request.mediaType(), request.body()),
        request.writeOptions());
  }

  private void list(Request request, Target target) throws IOException {
    ObjectStore.Snapshot found = selected(request, target);
    String version = Long.toString(found.revision());
    if (request.wantsTable()) {
      ObjectNode table = table(request, target.type(), found.objects());
      table.withObject("/metadata").put("resourceVersion", version);
      Reply.json(request.exchange(), 200, table);
      return;
    }
    ResourceType type = target.type();
    ObjectNode list =
        Json.object().put("kind", type.kind() + "List").put("apiVersion", type.groupVersion());
    list.putObject("metadata").put("resourceVersion", version);
    list.putArray("items").addAll(found.objects());
    Reply.json(request.exchange(), 200, list);
  }

  private ObjectStore.Snapshot selected(Request request, Target target) {
    return resources.list(target.type(), target.namespace(), selector(request));
  }

  private static Predicate<JsonNode> selector(Request request) {
    return Selector.labels(request.parameter("labelSelector"))
        .and(Selector.fields(request.parameter("fieldSelector")));
  }

  private void watch(Request request, Target target) throws IOException, InterruptedException {
    Predicate<JsonNode> selector = selector(request);
    String seconds = request.parameter("timeoutSeconds");
    Duration timeout =
        seconds.isEmpty() ? WATCH_LIMIT : Duration.ofSeconds(Long.parseLong(seconds));
    Function<ObjectNode, ObjectNode> view =
        request.wantsTable()
            ? object -> table(request, target.type(), List.of(object))
            : object -> object;
    request.exchange().getResponseHeaders().set("Content-Type", "application/json");
    request.exchange().sendResponseHeaders(200, 0);
    new WatchStream(
            store,
            target.type(),
            target.namespace(),
            selector,
            view,
            request.exchange().getResponseBody())
        .run(
            request.parameter("resourceVersion"),
            timeout,
            request.isSet("allowWatchBookmarks") && !request.wantsTable());
  }

  private void sendLog(Request request, Target target) throws IOException, InterruptedException {
    resources.get(target.type(), target.namespace(), target.name());
    String tail = request.parameter("tailLines");
    request.exchange().getResponseHeaders().set("Content-Type", "text/plain");
    request.exchange().sendResponseHeaders(200, 0);
    logs.copy(
        target.namespace(),
        target.name(),
        tail.isEmpty() ? Long.MAX_VALUE : Long.parseLong(tail),
        request.isSet("follow"),
        request.exchange().getResponseBody());
  }

  private static ObjectNode table(
      Request request, ResourceType type, List<? extends ObjectNode> objects) {
    String version =
        objects.size() == 1 ? objects.getFirst().at("/metadata/resourceVersion").asText() : "";
    return Tables.render(
        type.columns(), objects, version, request.parameter("includeObject"), Instant.now());
  }

  private static ObjectNode deleteOptions(Request request) throws IOException {
    byte[] body = request.body();
    ObjectNode options = body.length == 0 ? Json.object() : Json.parse(body);
    String grace = request.parameter("gracePeriodSeconds");
    if (!grace.isEmpty()) {
      options.put("gracePeriodSeconds", Long.parseLong(grace));
    }
    if (options.path("propagationPolicy").asText().equals("Orphan")) {
      throw ApiException.badRequest(
          "propagationPolicy: Orphan (expected: Background; children always go too here)");
    }
    return options;
  }

  private static ObjectNode success() {
    return Json.object().put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
  }

  private static ApiException notAllowed(Request request) {
    return ApiException.methodNotAllowed(request.method(), String.join("/", request.path()));
  }
}
