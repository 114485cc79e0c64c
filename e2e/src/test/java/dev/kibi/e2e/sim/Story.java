package dev.kibi.e2e.sim;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens, as readable lines. A run that is not told costs nothing: a seed that fails is run
 * again to be told.
 */
final class Story {

  private static final int LAST_LINES = 50;

  private final boolean told;
  private final @Nullable PrintStream out;
  private final Queue<String> last = new ArrayDeque<>();

  private Story(boolean told, @Nullable PrintStream out) {
    this.told = told;
    this.out = out;
  }

  /** Nobody listens. */
  static Story untold() {
    return new Story(false, null);
  }

  /** The last lines are kept. */
  static Story remembered() {
    return new Story(true, null);
  }

  /** Every line is printed. */
  static Story printed(PrintStream out) {
    return new Story(true, out);
  }

  boolean isTold() {
    return told;
  }

  void tell(long nanos, String who, Supplier<String> what) {
    if (told) {
      String line = String.format(Locale.ROOT, "%9.3f ms  %-12s %s", nanos / 1e6, who, what.get());
      if (out != null) {
        out.println(line);
      }
      last.add(line);
      if (last.size() > LAST_LINES) {
        last.remove();
      }
    }
  }

  /** The last lines, oldest first. */
  List<String> last() {
    return List.copyOf(last);
  }
}
