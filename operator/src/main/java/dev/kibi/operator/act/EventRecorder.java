package dev.kibi.operator.act;

import dev.kibi.crds.CacheCluster;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Kubernetes Events about a cluster. Best effort and never in the way: each is sent by a
 * thread of its own, and while too many are under way further ones are counted and dropped. What
 * must not be missed is another matter: {@link #recordOnce}.
 */
public final class EventRecorder {
  private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);
  private static final String COMPONENT = "kibi-operator";
  private static final int UNDER_WAY_MAX = 64;
  private static final int MESSAGE_MAX = 1024; // a limit of the API

  /** As the API server wants it. */
  public enum Type {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String text;

    Type(String text) {
      this.text = text;
    }
  }

  private final KubernetesClient client;
  private final Clock clock;
  private final String instance;
  private final Counter dropped;
  private final Semaphore underWay = new Semaphore(UNDER_WAY_MAX);
  private final AtomicLong sequence;

  /**
   * @param instance names this operator process in the Events
   */
  public EventRecorder(
      KubernetesClient client, Clock clock, String instance, MeterRegistry metrics) {
    this.client = client;
    this.clock = clock;
    this.instance = instance;
    this.dropped = metrics.counter("kibi.operator.events.dropped");
    this.sequence = new AtomicLong(clock.millis());
  }

  /** Records an Event about the cluster. */
  public void record(CacheCluster cluster, Type type, String reason, String message) {
    Event event =
        event(cluster, type, reason, message, Long.toHexString(sequence.incrementAndGet()));
    if (!underWay.tryAcquire()) {
      dropped.increment();
      return;
    }
    Thread.ofVirtual()
        .name("event")
        .start(() -> {
          try {
            client.resource(event).create();
          } catch (KubernetesClientException e) {
            notRecorded(cluster, reason, e);
          } finally {
            underWay.release();
          }
        });
  }

  /**
   * Records a warning that must not be missed, and waits for the answer. It has a name of its own,
   * so it is there once however often and by whomever it is recorded.
   *
   * @param key names it among the Events about the cluster
   * @return whether it is there
   */
  public boolean recordOnce(CacheCluster cluster, String key, String reason, String message) {
    String name = cluster.getMetadata().getUid() + "." + key;
    try {
      client.resource(event(cluster, Type.WARNING, reason, message, name)).create();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return true;
      }
      notRecorded(cluster, reason, e);
      return false;
    }
  }

  private void notRecorded(CacheCluster cluster, String reason, KubernetesClientException cause) {
    dropped.increment();
    log.warn(
        "event {} about {} was not recorded: {}",
        reason,
        cluster.getMetadata().getName(),
        cause.getMessage());
  }

  private Event event(CacheCluster cluster, Type type, String reason, String message, String name) {
    String now = Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
    String text =
        message.length() <= MESSAGE_MAX ? message : message.substring(0, MESSAGE_MAX - 1) + "…";
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(cluster.getMetadata().getNamespace())
        .withName(cluster.getMetadata().getName() + "." + name)
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(cluster.getApiVersion())
        .withKind(cluster.getKind())
        .withNamespace(cluster.getMetadata().getNamespace())
        .withName(cluster.getMetadata().getName())
        .withUid(cluster.getMetadata().getUid())
        .endInvolvedObject()
        .withType(type.text)
        .withReason(reason)
        .withMessage(text)
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withReportingComponent(COMPONENT)
        .withReportingInstance(instance)
        .build();
  }
}
