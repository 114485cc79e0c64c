package dev.kibi.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kibi.local.Main;
import dev.kibi.local.kubelet.StandIn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line as a user runs it; small programs stand in for node and operator. */
class KibiCommandTest {
  private static final String NETWORK = "127.202";
  @TempDir private Path home;

  private record Result(int code, String out) {}

  @BeforeEach
  void installStandIns() throws IOException {
    ProgramJar.write(home.resolve("node/target/kibi-node.jar"), StandIn.class);
    ProgramJar.write(home.resolve("operator/target/kibi-operator.jar"), StandInOperator.class);
  }

  @AfterEach
  void endWhatIsLeft() throws Exception {
    kibi("down");
  }

  @Test
  void upRunsUntilDown() throws Exception {
    Result up = kibi("up", "--detach", "-f", cluster("shards: 1").toString());
    assertThat(up.out()).contains("Ready.").contains("redis-cli -c -h 127.202.0.16");
    assertThat(up.code()).isZero();
    assertThat(kibi("endpoint").out()).isEqualTo("127.202.0.16:6379\n");
    assertThat(kibi("status").out()).contains("shop").contains("127.202.0.16");

    Result kubeconfig = kibi("kubeconfig");
    Path file = Path.of(kubeconfig.out().strip());
    assertThat(file).exists();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    Result second = kibi("up", "--detach");
    assertThat(second.code()).isEqualTo(1);
    assertThat(second.out()).startsWith("kibi: an instance is already running in ");

    List<ProcessHandle> started = startedProcesses();
    assertThat(started).isNotEmpty();
    assertThat(kibi("down").out()).isEqualTo("Ended.\n");
    assertThat(started).noneMatch(ProcessHandle::isAlive);
    assertThat(kibi("down").out()).isEqualTo("Nothing is running.\n");
    assertThat(kibi("status").out()).contains("nothing is running");
  }

  @Test
  void whatAKilledInstanceLeftBehindIsEnded() throws Exception {
    kibi("up", "--detach", "-f", cluster("shards: 1").toString());
    List<ProcessHandle> started = startedProcesses();
    assertThat(started).isNotEmpty();
    ProcessHandle owner = owner();
    owner.destroyForcibly();
    await().until(() -> !owner.isAlive());
    assertThat(started).allMatch(ProcessHandle::isAlive);
    assertThat(kibi("status").out())
        .contains("has died and left " + started.size() + " programs behind");

    Result again = kibi("up", "--detach", "-f", cluster("shards: 1").toString());
    assertThat(again.code()).as(again.out()).isZero();
    assertThat(started).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void theOperatorIsStartedAgainWhenItIsKilled() throws Exception {
    kibi("up", "--detach", "-f", cluster("shards: 1").toString());
    ProcessHandle operator = startedProcesses().getFirst();
    operator.destroyForcibly();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> startedProcesses().stream().anyMatch(process -> !process.equals(operator)));
  }

  @Test
  void aPortInUseIsSaidInOneSentence() throws Exception {
    try (ServerSocket _ = new ServerSocket(6443, 1, InetAddress.getByName(NETWORK + ".0.1"))) {
      Result up = kibi("up", "--detach");
      assertThat(up.code()).isEqualTo(1);
      assertThat(up.out())
          .isEqualTo(
              "kibi: 127.202.0.1:6443: Address already in use (expected: free; choose other"
                  + " addresses with --network 127.N)\n");
    }
  }

  @Test
  void aMissingProgramIsSaidInOneSentence() throws Exception {
    Files.delete(home.resolve("operator/target/kibi-operator.jar"));
    Result up = kibi("up", "--detach");
    assertThat(up.code()).isEqualTo(1);
    assertThat(up.out()).contains("kibi-operator.jar: missing (expected: built by mvn package)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shards: 0             | spec.shards: Invalid value: 0",
        "replicas: -1          | spec.replicas: Invalid value: -1",
        "shard: 3              | unknown field \"spec.shard\"",
        "memory: {maxMemory: x} | spec.memory.maxMemory",
        "durability: maybe     | spec.durability: Unsupported value: \"maybe\""
      })
  void aBadFileIsRefusedBeforeAnythingStarts(String spec, String sentence) throws Exception {
    Path file = cluster(spec);
    Result up = kibi("up", "--detach", "-f", file.toString());
    assertThat(up.code()).isEqualTo(1);
    assertThat(up.out()).startsWith("kibi: " + file).contains(sentence).hasLineCount(1);
    assertThat(home.resolve(".kibi")).doesNotExist();
  }

  @Test
  void aFileThatIsNotYamlOrNotThereIsRefused() throws Exception {
    Path file = Files.writeString(home.resolve("bad.yaml"), "kind: [unclosed\n");
    assertThat(kibi("up", "-f", file.toString()).out())
        .isEqualTo(
            "kibi: "
                + file
                + ", line 2, column 1: while parsing a flow sequence,"
                + " expected ',' or ']', but got <stream end> (expected: YAML)\n");
    Files.writeString(file, "kind: CacheCluster\nspec: {shards: 1, shards: 2}\n");
    assertThat(kibi("up", "-f", file.toString()).out())
        .startsWith("kibi: " + file + ", line 2")
        .contains("'shards'");
    Files.writeString(file, "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n");
    assertThat(kibi("up", "-f", file.toString()).out())
        .isEqualTo("kibi: " + file + ": ConfigMap (expected: a CacheCluster)\n");
    assertThat(kibi("up", "-f", "/no/such/file").out())
        .isEqualTo("kibi: /no/such/file: not readable (expected: a YAML file)\n");
  }

  private Path cluster(String spec) throws IOException {
    return Files.writeString(
        home.resolve("cluster.yaml"),
        """
        apiVersion: kibi.dev/v1alpha1
        kind: CacheCluster
        metadata: {name: shop}
        spec: {%s}
        """
            .formatted(spec));
  }

  private ProcessHandle owner() throws IOException {
    String pid = Files.readString(home.resolve(".kibi/owner")).split(" ", -1)[0];
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private List<ProcessHandle> startedProcesses() throws IOException {
    try (var files = Files.list(home.resolve(".kibi/processes"))) {
      return files
          .map(file -> Long.parseLong(file.getFileName().toString()))
          .flatMap(pid -> ProcessHandle.of(pid).stream())
          .toList();
    }
  }

  private Result kibi(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--home",
                home.toString(),
                "--network",
                NETWORK));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("KIBI_STATE_DIR");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), out);
  }
}
