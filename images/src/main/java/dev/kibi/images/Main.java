package dev.kibi.images;

import picocli.CommandLine;

/** Entry point of {@code kibi images}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new ImagesCommand())
            .setExecutionExceptionHandler(Main::explain)
            .setUsageHelpAutoWidth(true)
            .execute(args));
  }

  /** What the user can do something about is one sentence; everything else is our fault. */
  private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof BuildException known) {
      command.getErr().println("kibi images: " + known.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw e;
  }
}
