package dev.kibi.local.cli;

import dev.kibi.local.instance.UserException;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kibi endpoint}: prints HOST:PORT and nothing else. */
@Command(
    name = "endpoint",
    description = "Print HOST:PORT of a Service.",
    mixinStandardHelpOptions = true)
final class EndpointCommand implements Callable<Integer> {
  @ParentCommand private @Nullable KibiCommand kibi;
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The Service (default: that of the only cluster).")
  private @Nullable String name;

  @Override
  public Integer call() {
    try (KubernetesClient client = Running.client(Objects.requireNonNull(kibi).settings())) {
      Service service = select(Endpoints.of(client));
      Objects.requireNonNull(spec).commandLine().getOut().println(Endpoints.address(service));
      return 0;
    }
  }

  private Service select(List<Service> services) {
    List<Service> candidates =
        services.stream()
            .filter(service ->
                name == null
                    ? service.getMetadata().getName().equals(Endpoints.cluster(service))
                    : service.getMetadata().getName().equals(name))
            .toList();
    if (candidates.size() == 1) {
      return candidates.getFirst();
    }
    List<String> names = services.stream().map(service -> service.getMetadata().getName()).toList();
    throw new UserException(
        "endpoint: %s (expected: one of %s)".formatted(name == null ? "no name" : name, names));
  }
}
