package dev.kibi.e2e.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Installs the operator before the first test of all and removes it after the last; gives each test
 * its own namespace, and tells what that looked like when the test failed.
 */
final class ClusterExtension implements ParameterResolver, AfterEachCallback {
  private static final Namespace STORE = Namespace.create(ClusterExtension.class);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** What lives as long as the test run. */
  private record Shared(KubernetesClient client, Installation installation)
      implements AutoCloseable {

    static Shared start() {
      KubernetesClient client = new KubernetesClientBuilder().build();
      return new Shared(client, Installation.ofAllNamespaces());
    }

    @Override
    public void close() {
      installation.close();
      client.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == TestNamespace.class || type == Machines.class || type == Installation.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == Machines.class) {
      return Machines.ofThisCluster();
    }
    Shared shared =
        context
            .getRoot()
            .getStore(STORE)
            .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
    if (type == Installation.class) {
      return shared.installation();
    }
    return store(context)
        .computeIfAbsent(
            TestNamespace.class,
            key -> TestNamespace.create(shared.client(), name(context)),
            TestNamespace.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TestNamespace namespace = store(context).remove(TestNamespace.class, TestNamespace.class);
    if (namespace == null) {
      return;
    }
    context.getExecutionException().ifPresent(failure -> namespace.describe());
    namespace.close();
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(STORE);
  }

  private static String name(ExtensionContext context) {
    String test = context.getRequiredTestClass().getSimpleName().replaceAll("IT$", "");
    return "kibi-%s-%d".formatted(test.toLowerCase(Locale.ROOT), NUMBER.incrementAndGet());
  }
}
