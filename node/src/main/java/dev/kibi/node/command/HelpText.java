package dev.kibi.node.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The HELP subcommand of a container: its lines are a resource, {@code help/client.txt}. */
public final class HelpText {
  private HelpText() {}

  /** Answers the lines of the container's help. */
  public static Handler of(String container) {
    List<String> lines = lines("help/" + container + ".txt");
    return call -> {
      call.reply().array(lines.size());
      for (String line : lines) {
        call.reply().simple(line);
      }
    };
  }

  static List<String> lines(String resource) {
    try (InputStream in = HelpText.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource: " + resource + " (expected: on the class path)");
      }
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
