package dev.kibi.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The programs that have an image, and how each is started in it. */
enum Program {
  NODE("A cache node of a Kibi cluster"),
  OPERATOR("The operator of Kibi clusters");

  static final String VERSION = "0.1.0";

  /**
   * Flags that decide how objects and classes lie in memory, and so whether an ahead-of-time cache
   * fits: the same in training, assembly and use.
   */
  static final List<String> LAYOUT_FLAGS =
      List.of(
          "-XX:+UseCompactObjectHeaders",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /** Without it the C library keeps a pool of its own for every few threads: tens of megabytes. */
  static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

  /**
   * AES-GCM is compiled after few calls: until then it is a hundred times slower, and a master that
   * has just started may have a whole store to send. Measured: 2 GB/s after 0.2 s, not after 0.7 s.
   */
  private static final List<String> CIPHERS_EARLY =
      List.of(
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.01");

  private static final String OPERATOR_DIRECT_MEMORY = "64m";

  private final String description;

  Program(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  List<Integer> ports() {
    return switch (this) {
      case NODE -> List.of(6379, 16379, 9121);
      case OPERATOR -> List.of(8080);
    };
  }

  /**
   * The flags of the JVM in the image, but for the cache. A program out of memory is none: it ends,
   * and what it did goes on elsewhere.
   */
  List<String> flags() {
    List<String> all = new ArrayList<>(LAYOUT_FLAGS);
    all.add("-XX:+ExitOnOutOfMemoryError");
    switch (this) {
      // Serial below two CPUs or 1792 MiB, else G1: the JVM's own choice.
      // The operator says -Xmx where the container has a limit; this is for who starts it by hand.
      case NODE -> {
        all.add("-XX:MaxRAMPercentage=50");
        all.addAll(CIPHERS_EARLY);
      }
      // Direct buffers are those of its links; unbounded they could be as large as the heap again.
      case OPERATOR ->
          all.addAll(
              List.of(
                  "-XX:+UseSerialGC",
                  "-XX:MaxRAMPercentage=60",
                  "-XX:MaxDirectMemorySize=" + OPERATOR_DIRECT_MEMORY));
    }
    return List.copyOf(all);
  }

  /** Name of the module and last part of the image's name. */
  String module() {
    return name().toLowerCase(Locale.ROOT);
  }

  String jarName() {
    return "kibi-" + module() + ".jar";
  }

  String cacheName() {
    return "kibi-" + module() + ".aot";
  }

  String archiveName() {
    return "kibi-" + module() + ".tar";
  }

  String imageName(String tag) {
    return "kibi/" + module() + ":" + tag;
  }
}
