package dev.kibi.operator.observe;

import dev.kibi.operator.diagnosis.Diagnosis;
import dev.kibi.operator.diagnosis.Subject;
import dev.kibi.operator.diagnosis.Trouble;
import dev.kibi.operator.nodelink.ClusterKey;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the troubles of a cluster's pods, and reads Events for it: only those of objects that lack
 * something, and not again for a while. To watch all Events of a namespace would wake the operator
 * for every pod in it.
 */
public final class TroubleFinder {

  /**
   * What was found.
   *
   * @param isComplete whether nothing was left out that only looking again can find
   */
  public record Findings(List<Trouble> troubles, boolean isComplete) {}

  private record Read(long atNanos, List<Event> events) {}

  private final KubernetesClient client;
  private final long freshNanos;
  private final ConcurrentHashMap<ClusterKey, Map<Subject, Read>> reads = new ConcurrentHashMap<>();

  /**
   * @param freshNanos how long the Events of an object are not read again
   */
  public TroubleFinder(KubernetesClient client, long freshNanos) {
    this.client = client;
    this.freshNanos = freshNanos;
  }

  /**
   * What keeps pods of the cluster from working.
   *
   * @param failures told when Events cannot be read
   */
  public Findings find(
      ClusterKey cluster,
      Collection<Pod> pods,
      Collection<StatefulSet> sets,
      Collection<String> failures) {
    Set<Subject> subjects = Diagnosis.subjects(pods, sets);
    Map<Subject, Read> before = reads.getOrDefault(cluster, Map.of());
    Map<Subject, Read> now = new HashMap<>();
    Map<Subject, List<Event>> events = new TreeMap<>();
    long nowNanos = System.nanoTime();
    for (Subject subject : subjects) {
      Read read = before.get(subject);
      if (read == null || nowNanos - read.atNanos() >= freshNanos) {
        read = new Read(nowNanos, read(cluster, subject, failures));
      }
      now.put(subject, read);
      events.put(subject, read.events());
    }
    if (now.isEmpty()) {
      reads.remove(cluster);
    } else {
      reads.put(cluster, now);
    }
    return new Findings(Diagnosis.troubles(pods, sets, events), subjects.isEmpty());
  }

  public void forget(ClusterKey cluster) {
    reads.remove(cluster);
  }

  private List<Event> read(ClusterKey cluster, Subject subject, Collection<String> failures) {
    try {
      return client
          .v1()
          .events()
          .inNamespace(cluster.namespace())
          .withField("involvedObject.kind", subject.kind())
          .withField("involvedObject.name", subject.name())
          .list()
          .getItems()
          .stream()
          .filter(event -> subject.name().equals(event.getInvolvedObject().getName()))
          .toList();
    } catch (KubernetesClientException e) {
      failures.add("Events cannot be read: " + e.getMessage());
      return List.of();
    }
  }
}
