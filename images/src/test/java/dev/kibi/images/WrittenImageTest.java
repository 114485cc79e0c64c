package dev.kibi.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is in the archives, of a stage with this machine's C library and a runtime by jlink. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrittenImageTest {
  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "dash", "ash", "zsh", "busybox", "env", "apt", "dpkg", "apk");

  private static final int EVERYBODY_WRITES = 0002;

  private static final String REVISION = "a commit";

  private static final WrittenImage NONE =
      new WrittenImage("", JsonNodeFactory.instance.objectNode(), List.of(), Map.of());

  private WrittenImage first = NONE;
  private WrittenImage second = NONE;
  private WrittenImage otherCache = NONE;
  private WrittenImage otherProgram = NONE;

  /** The second is of the same commit, staged anew; then one with another program. */
  @BeforeAll
  void write(@TempDir Path directory) throws Exception {
    Path project = project(directory.resolve("project"));
    Path layers = directory.resolve("layers");
    Stage stage = new Stage(directory.resolve("stage"));
    stage.prepare(project);
    ImageArchive archive = new ImageArchive(stage, layers, REVISION);
    first = image(archive, directory.resolve("first"), "one run");
    otherCache = image(archive, directory.resolve("other"), "another run");
    stage.prepare(project);
    ImageArchive again = new ImageArchive(stage, layers, REVISION);
    second = image(again, directory.resolve("second"), "one run");
    Files.writeString(stage.jar(Program.NODE), "another program");
    Stage.stamp(stage.jar(Program.NODE));
    ImageArchive later = new ImageArchive(stage, layers, REVISION);
    otherProgram = image(later, directory.resolve("later"), "one run");
  }

  @Test
  void process_1_is_not_root_and_has_a_number_by_which_kubernetes_can_tell() {
    JsonNode config = first.config().path("config");
    assertThat(config.path("User").asText()).isEqualTo("65532:65532");
    assertThat(config.path("Entrypoint").get(0).asText()).isEqualTo("/opt/java/bin/java");
    assertThat(config.path("Cmd").size()).isZero();
  }

  @Test
  void labels_say_what_it_is_and_of_which_commit() {
    JsonNode labels = first.config().at("/config/Labels");
    assertThat(labels.path("org.opencontainers.image.title").asText()).isEqualTo("kibi-node");
    assertThat(labels.path("org.opencontainers.image.version").asText()).isEqualTo("9.9.9");
    assertThat(labels.path("org.opencontainers.image.revision").asText()).isEqualTo(REVISION);
    assertThat(labels.path("org.opencontainers.image.licenses").asText()).isEqualTo("Apache-2.0");
  }

  @Test
  void it_says_of_which_machines_it_is() {
    JsonNode config = first.config();
    assertThat(config.path("os").asText()).isEqualTo("linux");
    assertThat(config.path("architecture").asText())
        .isEqualTo(ImageArchive.platform(System.getProperty("os.arch")).getArchitecture());
  }

  @Test
  void no_shell_is_in_it_and_nothing_to_run_but_the_runtime() {
    assertThat(first.files().keySet())
        .contains("/opt/java/bin/java", "/app/kibi-node.jar", "/app/kibi-node.aot")
        .noneMatch(path -> SHELLS.contains(path.substring(path.lastIndexOf('/') + 1)));
    assertThat(first.files())
        .allSatisfy((path, file) -> {
          boolean toBeRun = file.isFile() && (file.getMode() & 0111) != 0;
          assertThat(!toBeRun || path.startsWith("/opt/java/") || path.contains(".so"))
              .as(path)
              .isTrue();
        });
  }

  @Test
  void everything_is_of_root_and_only_the_scratch_directory_can_be_written_to() {
    assertThat(first.files())
        .allSatisfy((path, file) -> {
          assertThat(file.getLongUserId()).as(path).isZero();
          assertThat(file.getLongGroupId()).as(path).isZero();
          assertThat(writable(file)).as(path).isEqualTo(path.equals("/tmp/"));
        });
  }

  @Test
  void the_same_commit_gives_the_same_digest() {
    assertThat(second.digest()).isEqualTo(first.digest()).startsWith("sha256:");
  }

  @Test
  void another_cache_changes_the_last_layer_alone() {
    List<String> layers = first.layers();
    List<String> others = otherCache.layers();
    assertThat(others).hasSameSizeAs(layers).hasSize(5);
    assertThat(others.subList(0, 4)).isEqualTo(layers.subList(0, 4));
    assertThat(others.getLast()).isNotEqualTo(layers.getLast());
  }

  @Test
  void a_program_that_changed_is_in_the_image_of_the_same_stage() {
    assertThat(otherProgram.layers().subList(0, 3)).isEqualTo(first.layers().subList(0, 3));
    assertThat(otherProgram.layers().get(3)).isNotEqualTo(first.layers().get(3));
  }

  private static boolean writable(TarArchiveEntry file) {
    return !file.isSymbolicLink() && (file.getMode() & EVERYBODY_WRITES) != 0;
  }

  private static WrittenImage image(ImageArchive archive, Path work, String cache)
      throws Exception {
    Files.createDirectory(work);
    Path aot = Files.writeString(work.resolve("cache.aot"), cache);
    Stage.stamp(aot);
    return WrittenImage.read(
        archive.write(Program.NODE, "9.9.9", Optional.of(aot), work.resolve("node.tar")));
  }

  /** A project whose programs are built, as far as an image can tell. */
  private static Path project(Path project) throws IOException {
    for (Program program : Program.values()) {
      Path target = project.resolve(program.module()).resolve("target");
      Files.createDirectories(target.resolve("lib"));
      Files.writeString(target.resolve(program.jarName()), "the program");
      Files.writeString(target.resolve("lib").resolve("library.jar"), "a library");
    }
    return project;
  }
}
