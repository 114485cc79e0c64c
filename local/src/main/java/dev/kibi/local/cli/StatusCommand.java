package dev.kibi.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kibi.local.instance.Settings;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kibi status}: what runs, as tables of the API server. */
@Command(
    name = "status",
    description = "Show clusters, pods and Services.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @ParentCommand private @Nullable KibiCommand kibi;
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = Objects.requireNonNull(kibi).settings();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try (KubernetesClient client = Running.client(settings)) {
      String server = client.getConfiguration().getMasterUrl();
      long pid = settings.state().owner().map(ProcessHandle::pid).orElse(-1L);
      out.printf("Running in %s (pid %d)%n", settings.state(), pid);
      for (String path :
          new String[] {"apis/kibi.dev/v1alpha1/cacheclusters", "api/v1/pods", "api/v1/services"}) {
        JsonNode table = TablePrinter.fetch(server, path);
        out.println();
        TablePrinter.print(table, out);
      }
    }
    return 0;
  }
}
