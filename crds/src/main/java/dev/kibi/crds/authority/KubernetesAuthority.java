package dev.kibi.crds.authority;

import dev.kibi.crds.CacheTopology;
import dev.kibi.crds.TopologyMapping;
import dev.kibi.protocol.topology.Topology;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The CacheTopology object of one cluster, by PUT with its resource version.
 *
 * <p>A request that is not answered within the deadline, or with anything but a plain yes or no,
 * ends in {@link AuthorityUnavailableException}; so does an object of another cluster. Where the
 * object is known at the expected version already, a compare-and-set is a single request.
 */
public final class KubernetesAuthority implements Authority {

  private static final int UNPROCESSABLE = 422;

  /** Metadata of the object may change at the same version: then the same change is tried again. */
  private static final int ATTEMPTS_MAX = 3;

  private final KubernetesClient client;
  private final ObjectMeta identity;
  private final String clusterUid;

  /** The newest object seen: with it a compare-and-set needs no read before the write. */
  private final AtomicReference<@Nullable CacheTopology> seen = new AtomicReference<>();

  /**
   * @param client its own settings stay as they are; it is not closed from here
   * @param identity name and namespace, and what else the object gets when it is created
   * @param clusterUid the cluster that the object must belong to
   * @param deadline of each request
   */
  public KubernetesAuthority(
      KubernetesClient client, ObjectMeta identity, String clusterUid, Duration deadline) {
    this.client =
        client
            .newClient(
                // No retries inside a call: the caller knows better what to do meanwhile.
                new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                    .withRequestTimeout(Math.toIntExact(deadline.toMillis()))
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .adapt(KubernetesClient.class);
    this.identity = identity;
    this.clusterUid = clusterUid;
  }

  @Override
  public Optional<StoredTopology> get() {
    return Optional.ofNullable(read()).map(this::stored);
  }

  @Override
  public CasOutcome compareAndSet(long expectedVersion, Topology next, String opId) {
    CacheTopology current = seen.get();
    if (current == null || current.getSpec().getVersion() != expectedVersion) {
      current = read();
    }
    for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      StoredTopology stored = current == null ? null : stored(current);
      Optional<CasOutcome> decided = CasGuard.decide(stored, expectedVersion, next, opId);
      if (decided.isPresent()) {
        return decided.get();
      }
      Optional<CasOutcome> written = write(current, next, opId);
      if (written.isPresent()) {
        return written.get();
      }
      current = read();
    }
    throw new AuthorityUnavailableException(
        name()
            + ": metadata changed "
            + ATTEMPTS_MAX
            + " times meanwhile (expected: a quiet object)");
  }

  @Override
  public TopologyWatch watch(Consumer<Topology> onTopology) {
    return InformerWatch.start(
        object(), name(), object -> onTopology.accept(note(object).topology()));
  }

  /** Empty when someone else has changed the object. */
  private Optional<CasOutcome> write(@Nullable CacheTopology current, Topology next, String opId) {
    CacheTopology object = new CacheTopology();
    object.setMetadata(
        current == null ? identity : new ObjectMetaBuilder(current.getMetadata()).build());
    object.setSpec(TopologyMapping.toSpec(next, opId));
    try {
      Resource<CacheTopology> request =
          client.resource(object).inNamespace(identity.getNamespace());
      CacheTopology now = current == null ? request.create() : request.update();
      seen.set(now);
      return Optional.of(new CasOutcome.Applied(stored(now)));
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT -> Optional.empty();
        case UNPROCESSABLE -> Optional.of(new CasOutcome.Refused(String.valueOf(e.getMessage())));
        default -> throw unavailable(e);
      };
    }
  }

  private @Nullable CacheTopology read() {
    CacheTopology object = answered(() -> object().get());
    seen.set(object);
    return object;
  }

  private <T extends @Nullable Object> T answered(Supplier<T> request) {
    try {
      return request.get();
    } catch (KubernetesClientException e) {
      throw unavailable(e);
    }
  }

  /** What an object holds; kept for the next compare-and-set unless a newer one is known. */
  private StoredTopology note(CacheTopology object) {
    StoredTopology stored = stored(object);
    seen.accumulateAndGet(
        object,
        (known, fresh) ->
            known != null && known.getSpec().getVersion() > stored.version() ? known : fresh);
    return stored;
  }

  private StoredTopology stored(CacheTopology object) {
    Topology topology;
    try {
      topology = TopologyMapping.toTopology(object.getSpec());
    } catch (IllegalArgumentException e) {
      throw new AuthorityUnavailableException(name() + ": holds no topology: " + e.getMessage(), e);
    }
    if (!topology.clusterUid().equals(clusterUid)) {
      throw new AuthorityUnavailableException(
          name() + ": clusterUid " + topology.clusterUid() + " (expected: " + clusterUid + ")");
    }
    return new StoredTopology(topology, object.getSpec().getOpId());
  }

  private Resource<CacheTopology> object() {
    return client
        .resources(CacheTopology.class)
        .inNamespace(identity.getNamespace())
        .withName(identity.getName());
  }

  private String name() {
    return "CacheTopology " + identity.getNamespace() + "/" + identity.getName();
  }

  private AuthorityUnavailableException unavailable(KubernetesClientException cause) {
    return new AuthorityUnavailableException(
        name() + ": no answer that can be relied on: " + cause.getMessage(), cause);
  }
}
