package dev.kibi.local.cli;

import dev.kibi.local.instance.LoopbackNetwork;
import dev.kibi.local.instance.Settings;
import dev.kibi.local.instance.StateDirectory;
import dev.kibi.local.instance.UserException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code kibi}: the options all commands share, and the list of commands. */
@Command(
    name = "kibi",
    description = "Kibi on this machine, without Kubernetes.",
    mixinStandardHelpOptions = true,
    version = "kibi 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "The launcher runs these too:%n",
    footer = {
      "  sim         Search for broken laws of the protocol, by a seed.",
      "  fuzz        Give garbage to all that reads bytes from outside.",
      "  chaos       Kill, freeze and cut off processes; look for lost writes.",
      "  images      Build container images.",
      "  kube        A Kubernetes cluster for tests."
    },
    subcommands = {
      UpCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      KubeconfigCommand.class,
      EndpointCommand.class,
      DownCommand.class,
      TestCommand.class,
      DaemonCommand.class
    })
public final class KibiCommand implements Runnable {
  @Option(
      names = "--home",
      description = "The project directory with the built programs (default: ${DEFAULT-VALUE}).",
      defaultValue = "${sys:kibi.home:-.}",
      scope = ScopeType.INHERIT,
      hidden = true)
  private Path home = Path.of(".");

  @Option(
      names = "--state-dir",
      description = "Where the instance keeps its state (default: .kibi in the project directory).",
      defaultValue = "${env:KIBI_STATE_DIR}",
      scope = ScopeType.INHERIT)
  private @Nullable Path stateDir;

  @Option(
      names = "--network",
      paramLabel = "127.N",
      description = "The loopback addresses to use: 127.N.*.* (default: ${DEFAULT-VALUE}).",
      defaultValue = "${env:KIBI_NETWORK:-" + LoopbackNetwork.DEFAULT_PREFIX + "}",
      scope = ScopeType.INHERIT)
  private String network = LoopbackNetwork.DEFAULT_PREFIX;

  @Spec private @Nullable CommandSpec spec;

  public static CommandLine commandLine() {
    return new CommandLine(new KibiCommand())
        .setExecutionExceptionHandler(KibiCommand::explain)
        .setUsageHelpAutoWidth(true);
  }

  /** What the user can do something about is one sentence; everything else is our fault. */
  private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parseResult)
      throws Exception {
    String sentence =
        switch (e) {
          case UserException known -> known.getMessage();
          case KubernetesClientException failed ->
              "the API server did not answer as expected: " + failed.getMessage();
          default -> throw e;
        };
    command.getErr().println("kibi: " + sentence);
    return CommandLine.ExitCode.SOFTWARE;
  }

  Settings settings() {
    try {
      LoopbackNetwork.check(network);
    } catch (IllegalArgumentException e) {
      throw new UserException(e.getMessage(), e);
    }
    Path directory = home.toAbsolutePath().normalize();
    return new Settings(
        directory,
        new StateDirectory(stateDir == null ? directory.resolve(".kibi") : stateDir),
        network);
  }

  @Override
  public void run() {
    CommandSpec given = Objects.requireNonNull(spec);
    throw new ParameterException(given.commandLine(), "a command is missing");
  }
}
