package dev.kibi.local.instance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How this project's programs are started: with the same JVM that runs this one. */
final class Jvm {
  private Jvm() {}

  /** Java and the options all programs share: many small JVMs have to fit on one small machine. */
  static List<String> command() {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xss512k",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
  }

  /** Options from an environment variable, separated by spaces. */
  static List<String> moreOptions(String variable) {
    String options = System.getenv().getOrDefault(variable, "");
    return Arrays.stream(options.split(" ", -1)).filter(option -> !option.isBlank()).toList();
  }
}
