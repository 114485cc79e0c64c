package dev.kibi.crds.authority;

import dev.kibi.crds.CacheTopology;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one object for as long as it takes: an API server that is away, refuses or drops the
 * watch is asked again until {@link #close()}.
 */
final class InformerWatch implements TopologyWatch {

  private static final Logger LOG = LoggerFactory.getLogger(InformerWatch.class);

  private final SharedIndexInformer<CacheTopology> informer;

  private InformerWatch(SharedIndexInformer<CacheTopology> informer) {
    this.informer = informer;
  }

  /** Returns at once, whether the API server answers or not. */
  static InformerWatch start(
      Resource<CacheTopology> object, String name, Consumer<CacheTopology> onObject) {
    SharedIndexInformer<CacheTopology> informer = object.runnableInformer(0);
    informer.addEventHandler(new Handler(name, onObject));
    informer.exceptionHandler((started, failure) -> {
      LOG.warn("{}: watch failed, trying again: {}", name, failure.toString());
      return true;
    });
    informer
        .start()
        .whenComplete((done, failure) -> {
          if (failure != null) {
            LOG.warn("{}: watch ended before it began: {}", name, failure.toString());
          }
        });
    return new InformerWatch(informer);
  }

  @Override
  public void close() {
    informer.stop();
  }

  private record Handler(String name, Consumer<CacheTopology> onObject)
      implements ResourceEventHandler<CacheTopology> {

    @Override
    public void onAdd(CacheTopology object) {
      handOver(object);
    }

    @Override
    public void onUpdate(CacheTopology before, CacheTopology after) {
      handOver(after);
    }

    /** A missing object is an authority that is unavailable, never the end of the cluster. */
    @Override
    public void onDelete(CacheTopology object, boolean finalStateUnknown) {
      LOG.warn("{}: gone; the last known version stays in force", name);
    }

    private void handOver(CacheTopology object) {
      try {
        onObject.accept(object);
      } catch (AuthorityUnavailableException e) {
        LOG.warn("{}; the last known version stays in force", e.getMessage());
      }
    }
  }
}
