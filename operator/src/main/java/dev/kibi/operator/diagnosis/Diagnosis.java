package dev.kibi.operator.diagnosis;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds what keeps the pods of a cluster from working.
 *
 * <p>Most of it is in the status of the pods. What is not (a pod that is refused has no status, a
 * claim that is not bound is another object) is in Events; {@link #subjects} names the few objects
 * whose Events are worth reading, none while everything works.
 */
public final class Diagnosis {

  private static final String STATEFUL_SET = "StatefulSet";
  private static final String POD = "Pod";
  private static final String CLAIM = "PersistentVolumeClaim";

  private Diagnosis() {}

  /** The objects whose Events would help. */
  public static SortedSet<Subject> subjects(Collection<Pod> pods, Collection<StatefulSet> sets) {
    SortedSet<Subject> subjects = new TreeSet<>();
    for (StatefulSet set : sets) {
      if (lacksPods(set, pods)) {
        subjects.add(new Subject(STATEFUL_SET, set.getMetadata().getName()));
      }
    }
    for (Pod pod : pods) {
      if (PodDiagnosis.lacksVolume(pod)) {
        claims(pod).forEach(claim -> subjects.add(new Subject(CLAIM, claim)));
      } else if (PodDiagnosis.waitsSilently(pod)) {
        subjects.add(new Subject(POD, pod.getMetadata().getName()));
      }
    }
    return subjects;
  }

  /**
   * The troubles, by name of their object.
   *
   * @param events of the {@link #subjects}
   */
  public static List<Trouble> troubles(
      Collection<Pod> pods, Collection<StatefulSet> sets, Map<Subject, List<Event>> events) {
    List<Trouble> troubles = new ArrayList<>();
    sets.stream()
        .filter(set -> lacksPods(set, pods))
        .sorted(Comparator.comparing(set -> set.getMetadata().getName()))
        .forEach(set ->
            lastWarning(new Subject(STATEFUL_SET, set.getMetadata().getName()), events)
                .map(event ->
                    new Trouble("PodRefused", set.getMetadata().getName() + ": " + text(event)))
                .ifPresent(troubles::add));
    pods.stream()
        .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
        .forEach(pod ->
            volumeTrouble(pod, events)
                .or(() -> PodDiagnosis.of(pod))
                .or(() -> silentTrouble(pod, events))
                .ifPresent(troubles::add));
    return troubles;
  }

  private static Optional<Trouble> volumeTrouble(Pod pod, Map<Subject, List<Event>> events) {
    return claims(pod).stream()
        .flatMap(claim -> lastWarning(new Subject(CLAIM, claim), events).stream())
        .findFirst()
        .map(event ->
            new Trouble("VolumeNotBound", pod.getMetadata().getName() + ": " + text(event)));
  }

  private static Optional<Trouble> silentTrouble(Pod pod, Map<Subject, List<Event>> events) {
    String name = pod.getMetadata().getName();
    return lastWarning(new Subject(POD, name), events)
        .map(event -> new Trouble(event.getReason(), name + ": " + text(event)));
  }

  /** A pod whose deletion has begun holds its name; only what is not there at all is missing. */
  private static boolean lacksPods(StatefulSet set, Collection<Pod> pods) {
    Integer wanted = set.getSpec() == null ? null : set.getSpec().getReplicas();
    String prefix = set.getMetadata().getName() + "-";
    long present =
        pods.stream()
            .map(pod -> pod.getMetadata().getName())
            .filter(name -> name.startsWith(prefix))
            .filter(name -> name.substring(prefix.length()).matches("[0-9]+"))
            .count();
    return wanted != null && present < wanted;
  }

  /** Claims that Kubernetes makes of the pod's ephemeral volumes, by its own rule of names. */
  private static List<String> claims(Pod pod) {
    return pod.getSpec() == null
        ? List.of()
        : pod.getSpec().getVolumes().stream()
            .filter(volume -> volume.getEphemeral() != null)
            .map(volume -> pod.getMetadata().getName() + "-" + volume.getName())
            .toList();
  }

  /** The newest Event of an object, when it is a warning: what went well since makes it history. */
  private static Optional<Event> lastWarning(Subject subject, Map<Subject, List<Event>> events) {
    return events.getOrDefault(subject, List.of()).stream()
        .max(Comparator.comparing(Diagnosis::time))
        .filter(event -> "Warning".equals(event.getType()));
  }

  private static String time(Event event) {
    if (event.getSeries() != null && event.getSeries().getLastObservedTime() != null) {
      return event.getSeries().getLastObservedTime().getTime();
    }
    if (event.getLastTimestamp() != null) {
      return event.getLastTimestamp();
    }
    return event.getEventTime() == null ? "" : event.getEventTime().getTime();
  }

  private static String text(Event event) {
    return String.valueOf(event.getMessage()).strip();
  }
}
