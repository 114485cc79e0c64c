package dev.kibi.local.api.table;

import static dev.kibi.local.api.table.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The columns of the kinds of Kubernetes itself, named and filled as the API server does. */
public final class CoreColumns {
  public static final List<Column> POD =
      List.of(
          Column.NAME,
          text("Ready", CoreColumns::readyContainers),
          text("Status", CoreColumns::podStatus),
          new Column("Restarts", "integer", "", 0, "", (pod, now) -> restarts(pod)),
          Column.AGE,
          text("IP", pod -> orNone(pod.at("/status/podIP"))).wide(),
          text("Node", pod -> orNone(pod.at("/spec/nodeName"))).wide());

  public static final List<Column> STATEFUL_SET =
      List.of(
          Column.NAME,
          text("Ready", sts -> ratio(sts.at("/status/readyReplicas"), sts.at("/spec/replicas"))),
          Column.AGE,
          text("Containers", sts -> containers(sts, "name")).wide(),
          text("Images", sts -> containers(sts, "image")).wide());

  public static final List<Column> SERVICE =
      List.of(
          Column.NAME,
          text("Type", service -> service.at("/spec/type").asText("ClusterIP")),
          text("Cluster-IP", service -> orNone(service.at("/spec/clusterIP"))),
          text("External-IP", service -> "<none>"),
          text("Port(s)", CoreColumns::ports),
          Column.AGE,
          text("Selector", service -> selector(service.at("/spec/selector"))).wide());

  public static final List<Column> EVENT =
      List.of(
          new Column(
              "Last Seen", "string", "", 0, "", (event, now) -> Column.age(lastSeen(event), now)),
          text("Type", event -> event.path("type").asText()),
          text("Reason", event -> event.path("reason").asText()),
          text("Object", CoreColumns::involvedObject),
          text("Message", event -> event.path("message").asText()),
          new Column("Count", "integer", "", 1, "", (event, now) -> event.path("count")),
          new Column("Name", "string", "name", 1, "", (event, now) -> event.at("/metadata/name")));

  public static final List<Column> POD_DISRUPTION_BUDGET =
      List.of(
          Column.NAME,
          text("Min Available", pdb -> pdb.at("/spec/minAvailable").asText("N/A")),
          text("Max Unavailable", pdb -> pdb.at("/spec/maxUnavailable").asText("N/A")),
          Column.AGE);

  public static final List<Column> LEASE =
      List.of(
          Column.NAME,
          text("Holder", lease -> lease.at("/spec/holderIdentity").asText()),
          Column.AGE);

  private CoreColumns() {}

  private static String readyContainers(JsonNode pod) {
    long ready =
        StreamSupport.stream(pod.at("/status/containerStatuses").spliterator(), false)
            .filter(status -> status.path("ready").asBoolean())
            .count();
    return ready + "/" + pod.at("/spec/containers").size();
  }

  private static String podStatus(JsonNode pod) {
    if (pod.at("/metadata").has("deletionTimestamp")) {
      return "Terminating";
    }
    for (JsonNode status : pod.at("/status/containerStatuses")) {
      String waiting = status.at("/state/waiting/reason").asText();
      if (!waiting.isEmpty()) {
        return waiting;
      }
    }
    return pod.at("/status/phase").asText("Pending");
  }

  private static JsonNode restarts(JsonNode pod) {
    return IntNode.valueOf(
        StreamSupport.stream(pod.at("/status/containerStatuses").spliterator(), false)
            .mapToInt(status -> status.path("restartCount").asInt())
            .sum());
  }

  private static String containers(JsonNode sts, String field) {
    return StreamSupport.stream(sts.at("/spec/template/spec/containers").spliterator(), false)
        .map(container -> container.path(field).asText())
        .collect(Collectors.joining(","));
  }

  private static String ports(JsonNode service) {
    String ports =
        StreamSupport.stream(service.at("/spec/ports").spliterator(), false)
            .map(port -> port.path("port").asText() + "/" + port.path("protocol").asText("TCP"))
            .collect(Collectors.joining(","));
    return ports.isEmpty() ? "<none>" : ports;
  }

  private static String selector(JsonNode selector) {
    String labels =
        selector.properties().stream()
            .map(label -> label.getKey() + "=" + label.getValue().asText())
            .collect(Collectors.joining(","));
    return labels.isEmpty() ? "<none>" : labels;
  }

  private static JsonNode lastSeen(JsonNode event) {
    for (String field : List.of("/series/lastObservedTime", "/lastTimestamp", "/eventTime")) {
      if (event.at(field).isTextual()) {
        return event.at(field);
      }
    }
    return event.at("/metadata/creationTimestamp");
  }

  private static String involvedObject(JsonNode event) {
    JsonNode object = event.path("involvedObject");
    return object.path("kind").asText().toLowerCase(Locale.ROOT)
        + "/"
        + object.path("name").asText();
  }

  private static String ratio(JsonNode ready, JsonNode wanted) {
    return ready.asInt() + "/" + wanted.asInt(1);
  }

  private static String orNone(JsonNode value) {
    return value.asText().isEmpty() ? "<none>" : value.asText();
  }
}
