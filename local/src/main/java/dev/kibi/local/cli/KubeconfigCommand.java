package dev.kibi.local.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code kibi kubeconfig}: prints the path and nothing else, for {@code export KUBECONFIG=$(…)}.
 */
@Command(
    name = "kubeconfig",
    description = "Print the path of the kubeconfig.",
    mixinStandardHelpOptions = true)
final class KubeconfigCommand implements Callable<Integer> {
  @ParentCommand private @Nullable KibiCommand kibi;
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Objects.requireNonNull(spec)
        .commandLine()
        .getOut()
        .println(Objects.requireNonNull(kibi).settings().state().kubeconfig());
    return 0;
  }
}
