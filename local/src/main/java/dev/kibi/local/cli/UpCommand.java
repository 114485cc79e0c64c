package dev.kibi.local.cli;

import dev.kibi.local.instance.Instance;
import dev.kibi.local.instance.LogFiles;
import dev.kibi.local.instance.LogSetup;
import dev.kibi.local.instance.Settings;
import dev.kibi.local.instance.UserException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code kibi up}: starts an instance, creates what a file describes, and waits until it is ready.
 */
@Command(
    name = "up",
    description =
        "Start an API server, the operator and a cache cluster, and wait until it is ready.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  @ParentCommand private @Nullable KibiCommand kibi;
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-f", "--file"},
      description = "What to create (default: a cluster of 3 shards with 1 replica each).")
  private @Nullable Path file;

  @Option(
      names = {"-d", "--detach"},
      description = "Return when ready, and leave all running in the background.")
  private boolean detach;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait until ready (default: ${DEFAULT-VALUE}).",
      defaultValue = "180")
  private int timeoutSeconds;

  @Override
  public Integer call() throws Exception {
    Settings settings = Objects.requireNonNull(kibi).settings();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Manifest manifest = file == null ? Manifest.sample() : Manifest.read(file);
    manifest.check();
    settings.checkPrograms();
    settings.state().prepare();
    if (detach) {
      Daemon.start(settings);
      return createAndWait(settings, manifest, out);
    }
    LogSetup.toFile(settings.state().logFiles().file(LogFiles.KIBI));
    Instance instance = Instance.start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(instance, out)));
    createAndWait(settings, manifest, out);
    out.println("\nCtrl-C ends it.");
    out.flush();
    new CountDownLatch(1).await();
    return ExitCode.OK;
  }

  private static void shutDown(Instance instance, PrintWriter out) {
    out.println("\nEnding …");
    out.flush();
    instance.close();
  }

  private int createAndWait(Settings settings, Manifest manifest, PrintWriter out)
      throws InterruptedException {
    try (KubernetesClient client = Instance.client(settings)) {
      manifest.create(client);
      Startup startup = new Startup(client, manifest.clusters(client));
      try (Progress progress = Progress.on(out)) {
        startup.awaitReady(Duration.ofSeconds(timeoutSeconds), progress);
      }
      new Welcome(client, settings).print(out);
      return ExitCode.OK;
    } catch (UserException e) {
      if (detach) {
        throw e;
      }
      // In the foreground all keeps running, so that the cause can be looked for.
      out.println("kibi: " + e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }
}
