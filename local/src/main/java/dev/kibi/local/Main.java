package dev.kibi.local;

import dev.kibi.local.cli.KibiCommand;

/** Entry point of the command line. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(KibiCommand.commandLine().execute(args));
  }
}
