package dev.kibi.e2e.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What pods asked of the API server, from its audit log. */
record AuditLog(List<Request> requests) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CREATED = 201;

  /** One request of a service account. */
  record Request(
      Instant time, String account, String namespace, Right right, boolean allowed, int code) {}

  /** What a rule of a role allows. */
  record Right(String group, String resource, String verb) implements Comparable<Right> {

    static Set<Right> of(List<PolicyRule> rules) {
      Set<Right> rights = new TreeSet<>();
      for (PolicyRule rule : rules) {
        for (String group : rule.getApiGroups()) {
          for (String resource : rule.getResources()) {
            rule.getVerbs().forEach(verb -> rights.add(new Right(group, resource, verb)));
          }
        }
      }
      return rights;
    }

    @Override
    public int compareTo(Right other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
    }
  }

  static AuditLog read(Path file) throws IOException {
    List<Request> requests = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode event = JSON.readTree(line);
      JsonNode object = event.path("objectRef");
      String part = object.path("subresource").asText();
      requests.add(
          new Request(
              Instant.parse(event.path("requestReceivedTimestamp").asText()),
              event.at("/user/username").asText(),
              object.path("namespace").asText(),
              new Right(
                  object.path("apiGroup").asText(),
                  object.path("resource").asText() + (part.isEmpty() ? "" : "/" + part),
                  event.path("verb").asText()),
              event
                  .path("annotations")
                  .path("authorization.k8s.io/decision")
                  .asText()
                  .equals("allow"),
              event.at("/responseStatus/code").asInt()));
    }
    return new AuditLog(requests);
  }

  /** The requests of one account. */
  AuditLog of(String namespace, String account) {
    String name = "system:serviceaccount:" + namespace + ":" + account;
    return new AuditLog(requests.stream().filter(r -> r.account().equals(name)).toList());
  }

  /** The rights that were made use of; an apply that made an object needed the right to create. */
  Set<Right> used() {
    Set<Right> used =
        requests.stream()
            .filter(Request::allowed)
            .map(Request::right)
            .collect(Collectors.toCollection(TreeSet::new));
    requests.stream()
        .filter(request -> request.allowed() && request.code() == CREATED)
        .forEach(request ->
            used.add(new Right(request.right().group(), request.right().resource(), "create")));
    return used;
  }

  /**
   * What was asked for without a right to it, in one of these namespaces or ({@code ""}) beyond
   * all.
   */
  Set<Right> forbidden(Instant since, String... namespaces) {
    Set<String> looked = Set.of(namespaces);
    return requests.stream()
        .filter(request -> !request.allowed() && !request.time().isBefore(since))
        .filter(request -> looked.contains(request.namespace()))
        .map(Request::right)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
