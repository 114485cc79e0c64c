package dev.kibi.local.cli;

import dev.kibi.local.instance.StateDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code kibi down}: ends what was started, also if the process that started it was killed. */
@Command(
    name = "down",
    description = "End everything that was started; logs stay.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
  @ParentCommand private @Nullable KibiCommand kibi;
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    StateDirectory state = Objects.requireNonNull(kibi).settings().state();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(state.endInstance() ? "Ended." : "Nothing is running.");
    return 0;
  }
}
