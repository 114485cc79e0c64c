package dev.kibi.local.instance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How this project's programs are started: with the JVM that runs this one, or with that of {@code
 * KIBI_JAVA_HOME}.
 */
final class Jvm {
  private Jvm() {}

  /**
   * Java and the options all programs share. The collector is not among them: the serial one is for
   * small heaps, of which many have to fit on one small machine.
   */
  static List<String> command() {
    return new ArrayList<>(
        List.of(
            Path.of(home(), "bin", "java").toString(),
            "-XX:+UseCompactObjectHeaders",
            "-Xss512k",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
  }

  private static String home() {
    String chosen = System.getenv().getOrDefault("KIBI_JAVA_HOME", "");
    return chosen.isBlank() ? System.getProperty("java.home") : chosen;
  }

  /** Options from an environment variable, separated by spaces. */
  static List<String> moreOptions(String variable) {
    String options = System.getenv().getOrDefault(variable, "");
    return Arrays.stream(options.split(" ", -1)).filter(option -> !option.isBlank()).toList();
  }
}
