package dev.kibi.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/**
 * Writes an image as an archive in Docker's form, which everything reads.
 *
 * <p>Layers, the seldom changed ones first: C library and user names; Java runtime; libraries; the
 * program; its ahead-of-time cache. No shell and no package manager is among them. All files belong
 * to root and have one constant time, so the same content gives the same digest.
 */
final class ImageArchive {
  private static final String APP = "/app";
  private static final String RUNTIME = "/opt/java";

  /** Not root, and a number, so that Kubernetes can check it. */
  private static final String USER = "65532:65532";

  private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
  private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");
  private static final FilePermissions SCRATCH = FilePermissions.fromOctalString("777");

  /** An image that was written. */
  record Built(String name, String digest, Path path, long bytes) {}

  private final Stage stage;
  private final Path cache;
  private final String revision;

  /**
   * Images of what is staged now.
   *
   * @param cache where layers are kept while images that share them are written; what is there is
   *     deleted, because Jib knows a layer by its files' paths and times, which are always the same
   */
  ImageArchive(Stage stage, Path cache, String revision) throws IOException {
    Stage.delete(cache);
    this.stage = stage;
    this.cache = cache;
    this.revision = revision;
  }

  /** Writes the image of {@code program} to {@code path}. */
  Built write(Program program, String tag, Optional<Path> aotCache, Path path)
      throws IOException, InterruptedException {
    String name = program.imageName(tag);
    try {
      JibContainerBuilder image =
          Jib.fromScratch()
              .addFileEntriesLayer(base())
              .addFileEntriesLayer(runtime())
              .addFileEntriesLayer(libraries(program))
              .addFileEntriesLayer(jar(program));
      if (aotCache.isPresent()) {
        image.addFileEntriesLayer(aot(program, aotCache.get()));
      }
      image
          .setFormat(ImageFormat.Docker)
          .setPlatforms(Set.of(platform(System.getProperty("os.arch"))))
          .setCreationTime(Instant.EPOCH)
          .setUser(USER)
          .setWorkingDirectory(AbsoluteUnixPath.get(APP))
          .setEntrypoint(entrypoint(program, aotCache.isPresent()))
          .setEnvironment(Program.ENVIRONMENT)
          .setLabels(labels(program, tag));
      program.ports().forEach(port -> image.addExposedPort(Port.tcp(port)));
      JibContainer built =
          image.containerize(
              Containerizer.to(TarImage.at(path).named(name))
                  .setOfflineMode(true)
                  .setToolName("kibi")
                  .setBaseImageLayersCache(cache)
                  .setApplicationLayersCache(cache));
      return new Built(name, built.getDigest().toString(), path, Files.size(path));
    } catch (InvalidImageReferenceException e) {
      throw new BuildException("tag: " + tag + " (expected: a tag of an image)", e);
    } catch (CacheDirectoryCreationException | ExecutionException | RegistryException e) {
      throw new BuildException(name + ": not written: " + e.getMessage(), e);
    }
  }

  /** What process 1 is: the JVM itself, so that SIGTERM reaches it. */
  static List<String> entrypoint(Program program, boolean withCache) {
    List<String> command = new ArrayList<>(List.of(RUNTIME + "/bin/java"));
    command.addAll(program.flags());
    if (withCache) {
      command.add("-XX:AOTCache=" + APP + "/" + program.cacheName());
    }
    command.addAll(List.of("-jar", APP + "/" + program.jarName()));
    return List.copyOf(command);
  }

  /** What the machine that builds is, because runtime and C library are its own. */
  static Platform platform(String javaName) {
    return switch (javaName) {
      case "amd64", "x86_64" -> new Platform("amd64", "linux");
      case "aarch64" -> new Platform("arm64", "linux");
      default -> throw new BuildException("os.arch: " + javaName + " (expected: amd64 or aarch64)");
    };
  }

  private Map<String, String> labels(Program program, String tag) {
    return new TreeMap<>(
        Map.of(
            "org.opencontainers.image.title",
            "kibi-" + program.module(),
            "org.opencontainers.image.description",
            program.description(),
            "org.opencontainers.image.version",
            tag,
            "org.opencontainers.image.revision",
            revision,
            "org.opencontainers.image.licenses",
            "Apache-2.0"));
  }

  private FileEntriesLayer base() throws IOException, InterruptedException {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("base");
    for (Path library : SharedLibraries.of(stage.runtime())) {
      add(layer, library.toRealPath(), library.toString(), EXECUTABLE);
    }
    Path files = Files.createDirectories(stage.root().resolve("base"));
    for (Map.Entry<String, String> file : new TreeMap<>(BaseFiles.CONTENTS).entrySet()) {
      Path source = files.resolve(Path.of(file.getKey()).getFileName());
      add(layer, Files.writeString(source, file.getValue()), file.getKey(), FILE);
    }
    add(layer, Files.createDirectories(files.resolve("tmp")), "/tmp", SCRATCH);
    return layer.build();
  }

  private FileEntriesLayer runtime() throws IOException {
    return FileEntriesLayer.builder()
        .setName("runtime")
        .addEntryRecursive(
            stage.runtime(),
            AbsoluteUnixPath.get(RUNTIME),
            (file, target) ->
                Files.isDirectory(file) || Files.isExecutable(file) ? EXECUTABLE : FILE,
            (file, target) -> Stage.FILE_TIME)
        .build();
  }

  private FileEntriesLayer libraries(Program program) throws IOException {
    return FileEntriesLayer.builder()
        .setName("libraries")
        .addEntryRecursive(
            stage.libraries(program),
            AbsoluteUnixPath.get(APP + "/lib"),
            (file, target) -> Files.isDirectory(file) ? EXECUTABLE : FILE,
            (file, target) -> Stage.FILE_TIME)
        .build();
  }

  private FileEntriesLayer jar(Program program) {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("program");
    add(layer, stage.jar(program), APP + "/" + program.jarName(), FILE);
    return layer.build();
  }

  private static FileEntriesLayer aot(Program program, Path aotCache) {
    FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("aot");
    add(layer, aotCache, APP + "/" + program.cacheName(), FILE);
    return layer.build();
  }

  private static void add(
      FileEntriesLayer.Builder layer, Path source, String target, FilePermissions permissions) {
    layer.addEntry(source, AbsoluteUnixPath.get(target), permissions, Stage.FILE_TIME);
  }
}
