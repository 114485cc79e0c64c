package dev.kibi.local.instance;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The logs of an instance: one file per pod, one for the operator, one for kibi itself. */
public final class LogFiles {
  /** The log of the process that holds API server and kubelet. */
  public static final String KIBI = "kibi";

  public static final String OPERATOR = "operator";
  private static final Duration FOLLOW_INTERVAL = Duration.ofMillis(200);
  private static final String SUFFIX = ".log";

  private final Path directory;

  LogFiles(Path directory) {
    this.directory = directory;
  }

  public Path file(String name) {
    return directory.resolve(name + SUFFIX);
  }

  /** The log of a pod; its name alone is enough in the default namespace. */
  public Path ofPod(String namespace, String pod) {
    return file(namespace.equals("default") ? pod : namespace + "." + pod);
  }

  /** The names of all logs. */
  public List<String> names() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  /** Copies the last lines of a log, then, as long as {@code follow}, what is added to it. */
  public static void copy(Path file, long tailLines, boolean follow, OutputStream out)
      throws IOException, InterruptedException {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      log.seek(startOfTail(log, tailLines));
      byte[] buffer = new byte[8192];
      while (true) {
        int read = log.read(buffer);
        if (read > 0) {
          out.write(buffer, 0, read);
        } else {
          out.flush();
          if (!follow) {
            return;
          }
          Thread.sleep(FOLLOW_INTERVAL);
        }
      }
    }
  }

  private static long startOfTail(RandomAccessFile log, long lines) throws IOException {
    long position = log.length();
    long left = lines;
    if (lines == 0) {
      return position;
    }
    while (position > 0 && left != Long.MAX_VALUE) {
      log.seek(position - 1);
      boolean endsLine = log.read() == '\n' && position < log.length();
      if (endsLine && --left == 0) {
        return position;
      }
      position--;
    }
    return 0;
  }
}
