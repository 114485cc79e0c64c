package dev.kibi.images;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code kibi images}: runtime, staged programs, ahead-of-time caches, one archive per image, and
 * how long a node takes to be ready.
 */
@Command(
    name = "images",
    description =
        "Build the images of node and operator as archives that docker load, ctr and"
            + " 'kibi kube load' take.",
    mixinStandardHelpOptions = true)
final class ImagesCommand implements Callable<Integer> {
  private static final int MEASUREMENTS = 3;
  private static final double MIB = 1 << 20;

  @Option(
      names = "--home",
      description = "The project directory with the built programs.",
      defaultValue = "${sys:kibi.home:-.}",
      hidden = true)
  private Path home = Path.of(".");

  @Option(
      names = "--output",
      paramLabel = "DIRECTORY",
      description = "Where the archives are written (default: target/images).")
  private @Nullable Path output;

  @Option(
      names = "--tag",
      description = "The tag of both images (default: ${DEFAULT-VALUE}).",
      defaultValue = Program.VERSION)
  private String tag = Program.VERSION;

  @Option(
      names = "--no-aot",
      description =
          "Without ahead-of-time caches: slower to start, and the same digest on every machine.")
  private boolean noAot;

  @Option(
      names = "--ready-within",
      paramLabel = "MILLISECONDS",
      description = "Fail if a node takes longer than this from start to ready.")
  private @Nullable Integer readyWithin;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Path project = home.toAbsolutePath().normalize();
    Path work = Files.createDirectories(project.resolve("target").resolve("images"));
    Path archives = Files.createDirectories(output == null ? work : output.toAbsolutePath());
    Stage stage = new Stage(work.resolve("stage"));
    say(out, "runtime: jlink");
    stage.prepare(project);
    Map<Program, Path> caches = noAot ? Map.of() : caches(out, project, work, stage);
    ImageArchive archive =
        new ImageArchive(stage, work.resolve("cache"), new Revision(project).label());
    for (Program program : Program.values()) {
      ImageArchive.Built built =
          archive.write(
              program,
              tag,
              Optional.ofNullable(caches.get(program)),
              archives.resolve(program.archiveName()));
      say(
          out,
          "%s %s %.1f MiB %s"
              .formatted(built.name(), built.digest(), built.bytes() / MIB, built.path()));
    }
    Duration ready = measure(stage, Optional.ofNullable(caches.get(Program.NODE)));
    say(
        out,
        "a node is ready %d ms after its process starts (best of %d)"
            .formatted(ready.toMillis(), MEASUREMENTS));
    checkReady(ready, readyWithin);
    return ExitCode.OK;
  }

  private static Map<Program, Path> caches(PrintWriter out, Path project, Path work, Stage stage)
      throws IOException, InterruptedException {
    AotCaches caches = new AotCaches(project, stage, work);
    if (!caches.exist()) {
      say(out, "ahead-of-time caches: a training run, then one assembly for each program");
      caches.train();
    }
    return caches.paths();
  }

  /** Refuses images whose node is slower than was asked for. */
  static void checkReady(Duration ready, @Nullable Integer withinMillis) {
    if (withinMillis != null && ready.toMillis() > withinMillis) {
      throw new BuildException(
          "node: ready after %d ms (expected: within %d ms)"
              .formatted(ready.toMillis(), withinMillis));
    }
  }

  private static Duration measure(Stage stage, Optional<Path> cache)
      throws IOException, InterruptedException {
    StartupProbe probe = new StartupProbe(stage, cache);
    Duration best = probe.measure();
    for (int i = 1; i < MEASUREMENTS; i++) {
      Duration next = probe.measure();
      best = next.compareTo(best) < 0 ? next : best;
    }
    return best;
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
