package dev.kibi.e2e.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Installs the operator before the first test of all and removes it after the last; gives each test
 * its own namespace, tells what that looked like when the test failed, and why one is skipped.
 */
final class ClusterExtension
    implements ParameterResolver, BeforeEachCallback, AfterEachCallback, TestWatcher {
  private static final Namespace STORE = Namespace.create(ClusterExtension.class);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** What lives as long as the test run. */
  private record Shared(
      KubernetesClient client, Installation installation, @Nullable Throwable failure)
      implements AutoCloseable {

    /** Tried once: what failed for the first test is what each of the others is told too. */
    static Shared start() {
      KubernetesClient client = new KubernetesClientBuilder().build();
      Installation installation = new Installation();
      try {
        installation.install();
      } catch (AssertionError | RuntimeException e) {
        return new Shared(client, installation, e);
      }
      return new Shared(client, installation, null);
    }

    Shared running() {
      if (failure != null) {
        throw new AssertionError("the operator could not be installed", failure);
      }
      return this;
    }

    @Override
    public void close() {
      if (failure == null) {
        installation.close();
      }
      client.close();
    }
  }

  /**
   * An abort would be a failure where parameters are resolved, so requirements are looked at here.
   */
  @Override
  public void beforeEach(ExtensionContext context) {
    if (Arrays.asList(context.getRequiredTestMethod().getParameterTypes())
        .contains(Machines.class)) {
      Requirements.ourMachines();
    }
  }

  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    System.out.printf(
        "skipped %s.%s: %s%n",
        context.getRequiredTestClass().getSimpleName(),
        context.getRequiredTestMethod().getName(),
        cause == null ? "no reason given" : cause.getMessage());
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
            .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class)
            .running();
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
