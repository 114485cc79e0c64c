package dev.kibi.local.cli;

import dev.kibi.local.instance.Instance;
import dev.kibi.local.instance.LogFiles;
import dev.kibi.local.instance.LogSetup;
import dev.kibi.local.instance.Settings;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** What {@code kibi up --detach} leaves behind: holds an instance until it is told to end. */
@Command(name = "daemon", hidden = true)
final class DaemonCommand implements Callable<Integer> {
  @ParentCommand private @Nullable KibiCommand kibi;

  @Override
  public Integer call() throws Exception {
    Session.leaveTerminal();
    Settings settings = Objects.requireNonNull(kibi).settings();
    LogSetup.toFile(settings.state().logFiles().file(LogFiles.KIBI));
    Instance instance = Instance.start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(instance::close));
    new CountDownLatch(1).await();
    return 0;
  }
}
