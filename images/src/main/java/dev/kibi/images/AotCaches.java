package dev.kibi.images;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The ahead-of-time caches (JEP 483, 514, 515) of the programs: classes loaded and linked, and
 * profiles, as a whole small cluster has used them.
 *
 * <p>A training run records what operator and node do from start to orderly end, with the very
 * runtime and jars of the images, TLS of the peer links among it; one assembly for each program
 * makes the cache of it. Two assemblies never give the same bytes, so caches are kept under the
 * digest of all they were made from: as long as this directory is kept, the same commit gives the
 * same images.
 */
final class AotCaches {
  private static final String NETWORK = "127.97";
  private static final String READY_SECONDS_MAX = "300";

  private static final String TRAINING_CLUSTER =
      """
      apiVersion: kibi.dev/v1alpha1
      kind: CacheCluster
      metadata: {name: training}
      spec: {shards: 1, replicas: 1, resources: {limits: {memory: 256Mi}}}
      """;

  /**
   * Each node is master, and is it no more, and is it again; the first pod is the one that stays.
   */
  private static final List<Integer> HAND_OVERS = List.of(1, 0, 1, 0);

  private final Path project;
  private final Stage stage;
  private final Path training;
  private final Path caches;

  AotCaches(Path project, Stage stage, Path work) throws IOException {
    this.project = project;
    this.stage = stage;
    this.training = work.resolve("training");
    this.caches = work.resolve("aot").resolve(key(stage));
  }

  boolean exist() {
    return paths().values().stream().allMatch(Files::exists);
  }

  Map<Program, Path> paths() {
    Map<Program, Path> paths = new TreeMap<>();
    for (Program program : Program.values()) {
      paths.put(program, caches.resolve(program.cacheName()));
    }
    return paths;
  }

  /** Records one run of a small cluster, and assembles both caches. */
  void train() throws IOException, InterruptedException {
    Stage.delete(training);
    Files.createDirectories(training);
    Files.createDirectories(caches);
    Path cluster = Files.writeString(training.resolve("cluster.yaml"), TRAINING_CLUSTER);
    try {
      local("up", "--detach", "--timeout", READY_SECONDS_MAX, "-f", cluster.toString());
      TrainingClient.talkTo(local("endpoint").strip());
      TrainingShard shard = TrainingShard.of(Path.of(local("kubeconfig").strip()));
      for (int pod : HAND_OVERS) {
        shard.handOverTo(pod);
      }
      shard.removeReplica();
    } finally {
      local("down");
    }
    for (Program program : Program.values()) {
      assemble(program);
    }
  }

  private String local(String command, String... arguments)
      throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                project.resolve("local").resolve("target").resolve("kibi-local.jar").toString(),
                command,
                "--home",
                stage.root().toString(),
                "--state-dir",
                training.resolve("state").toString(),
                "--network",
                NETWORK));
    line.addAll(List.of(arguments));
    return Command.run(
        project,
        Map.of(
            "KIBI_JAVA_HOME", stage.runtime().toString(),
            "KIBI_NODE_JAVA_OPTS", recording(Program.NODE),
            "KIBI_OPERATOR_JAVA_OPTS", recording(Program.OPERATOR)),
        line);
  }

  private String recording(Program program) {
    return "-XX:AOTMode=record -XX:AOTConfiguration=" + configuration(program);
  }

  private Path configuration(Program program) {
    return training.resolve(program.module() + ".aotconf");
  }

  private void assemble(Program program) throws IOException, InterruptedException {
    if (!Files.exists(configuration(program))) {
      throw new BuildException(
          configuration(program) + ": not written (expected: by the end of the training run)");
    }
    Path fresh = training.resolve(program.cacheName());
    List<String> command =
        new ArrayList<>(List.of(stage.java().toString(), "-XX:+UseSerialGC", "-XX:AOTMode=create"));
    command.addAll(Program.LAYOUT_FLAGS);
    command.addAll(
        List.of(
            "-XX:AOTConfiguration=" + configuration(program),
            "-XX:AOTCache=" + fresh,
            "-cp",
            stage.jar(program).toString()));
    Command.run(project, command);
    Files.move(fresh, caches.resolve(program.cacheName()), StandardCopyOption.REPLACE_EXISTING);
  }

  /** A digest of everything that a cache depends on. */
  private static String key(Stage stage) throws IOException {
    MessageDigest digest = sha256();
    digest.update(
        (String.join(" ", Program.LAYOUT_FLAGS) + TRAINING_CLUSTER + HAND_OVERS)
            .getBytes(StandardCharsets.UTF_8));
    try (Stream<Path> files = Files.walk(stage.root())) {
      files
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(file -> {
            digest.update(
                stage.root().relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            addContent(digest, file);
          });
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, 32);
  }

  private static void addContent(MessageDigest digest, Path file) {
    try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
