package dev.kibi.local.cli;

import java.io.Console;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a start has come: a bar on a terminal, otherwise a line per change. */
interface Progress extends AutoCloseable {

  void report(int readyPods, int expectedPods, boolean ready);

  @Override
  void close();

  static Progress on(PrintWriter out) {
    return isTerminal() ? bar() : lines(out);
  }

  @SuppressWarnings("SystemConsoleNull") // JDK 25 returns null again when there is no terminal.
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private static Progress bar() {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("Starting")
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .hideEta()
            .setUnit(" pods", 1)
            .build();
    return new Progress() {
      @Override
      public void report(int readyPods, int expectedPods, boolean ready) {
        bar.maxHint(expectedPods);
        bar.stepTo(readyPods);
        boolean allThere = readyPods == expectedPods;
        bar.setExtraMessage(ready ? "ready" : allThere ? "joining" : "starting");
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }

  private static Progress lines(PrintWriter out) {
    return new Progress() {
      private String last = "";

      @Override
      public void report(int readyPods, int expectedPods, boolean ready) {
        String line =
            "%d/%d pods ready%s".formatted(readyPods, expectedPods, ready ? ", Ready" : "");
        if (!line.equals(last)) {
          last = line;
          out.println(line);
          out.flush();
        }
      }

      @Override
      public void close() {
        out.flush();
      }
    };
  }
}
