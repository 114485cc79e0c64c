package dev.kibi.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The API server as the real kubectl sees it, on machines that have one. */
@EnabledIf("isKubectlInstalled")
class KubectlTest {
  private static final String WIDGET =
      """
      apiVersion: test.kibi.dev/v1
      kind: Widget
      metadata: {name: shop}
      spec: {size: 2}
      """;

  @TempDir private static Path home;
  private static EmbeddedApi api;

  private record Result(int code, String out) {}

  static boolean isKubectlInstalled() {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
  }

  @BeforeAll
  static void start() throws IOException {
    api = new EmbeddedApi();
    Files.writeString(home.resolve("kubeconfig"), api.kubeconfig());
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @AfterEach
  void removeWidgets() throws Exception {
    kubectl("", "delete", "widgets", "--all");
  }

  @Test
  void applyCreatesThenConfiguresThenChangesNothing() throws Exception {
    assertThat(apply(WIDGET).out()).contains("widget.test.kibi.dev/shop created");
    assertThat(apply(WIDGET).out()).contains("unchanged");
    assertThat(apply(WIDGET.replace("size: 2", "size: 4")).out()).contains("configured");
    assertThat(kubectl("", "get", "wd/shop", "-o", "yaml").out())
        .contains("size: 4")
        .contains("colour: red")
        .contains("generation: 2");
  }

  @Test
  void applyRefusesBadObjectsWithASentenceThatNamesTheField() throws Exception {
    Result zero = apply(WIDGET.replace("size: 2", "size: 0"));
    assertThat(zero.code()).isEqualTo(1);
    assertThat(zero.out())
        .contains(
            "The Widget \"shop\" is invalid: spec.size: Invalid value: 0: spec.size in body should"
                + " be greater than or equal to 1");
    Result unknown = apply(WIDGET.replace("size: 2", "sizzle: 2"));
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.out()).contains("strict decoding error: unknown field \"spec.sizzle\"");
  }

  @Test
  void getShowsTheColumnsOfTheKind() throws Exception {
    apply(WIDGET);
    assertThat(kubectl("", "get", "wd").out().lines().map(line -> line.split(" +", -1)))
        .satisfiesExactly(
            titles -> assertThat(titles).containsExactly("NAME", "SIZE", "READY", "AGE"),
            row -> assertThat(row).startsWith("shop", "2"));
    assertThat(kubectl("", "get", "wd", "-o", "wide").out()).contains("COLOUR").contains("red");
  }

  @Test
  void scaleAndPatchAndExplainWork() throws Exception {
    apply(WIDGET);
    assertThat(kubectl("", "scale", "wd/shop", "--replicas=5").out()).contains("scaled");
    assertThat(kubectl("", "get", "wd/shop", "-o", "jsonpath={.spec.size}").out()).isEqualTo("5");
    Result tooMany = kubectl("", "scale", "wd/shop", "--replicas=50");
    assertThat(tooMany.code()).isEqualTo(1);
    assertThat(tooMany.out()).contains("spec.size in body should be less than or equal to 9");
    kubectl("", "patch", "wd/shop", "--type=merge", "-p", "{\"spec\":{\"size\":6}}");
    assertThat(kubectl("", "get", "wd/shop", "-o", "jsonpath={.spec.size}").out()).isEqualTo("6");
    assertThat(kubectl("", "explain", "wd.spec.size").out()).contains("How many.");
  }

  @Test
  void waitReturnsWhenTheConditionHolds() throws Exception {
    apply(WIDGET);
    Process waiting = start("wait", "--for=condition=Ready", "wd/shop", "--timeout=30s");
    kubectl(
        "",
        "patch",
        "wd/shop",
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
    assertThat(read(waiting).out()).contains("condition met");
  }

  @Test
  void watchPrintsALinePerChange() throws Exception {
    apply(WIDGET);
    Path output = home.resolve("watch");
    Process watching = builder("get", "wd", "-w").redirectOutput(output.toFile()).start();
    await().until(() -> Files.readString(output).contains("shop"));
    kubectl("", "scale", "wd/shop", "--replicas=7");
    await().until(() -> Files.readString(output).lines().anyMatch(l -> l.matches("shop +7 .*")));
    watching.destroy();
  }

  @Test
  void describeShowsTheObjectAndItsEvents() throws Exception {
    apply(WIDGET);
    String uid = kubectl("", "get", "wd/shop", "-o", "jsonpath={.metadata.uid}").out();
    apply(
        """
        apiVersion: v1
        kind: Event
        metadata: {name: shop.1}
        involvedObject:
          {apiVersion: test.kibi.dev/v1, kind: Widget, name: shop, namespace: default, uid: %s}
        type: Normal
        reason: ScaledUp
        message: two parts more
        firstTimestamp: "2026-01-01T00:00:00Z"
        lastTimestamp: "2026-01-01T00:00:00Z"
        count: 1
        """
            .formatted(uid));
    assertThat(kubectl("", "describe", "wd", "shop").out())
        .contains("Kind:         Widget")
        .contains("ScaledUp")
        .contains("two parts more");
    assertThat(kubectl("", "get", "events").out()).contains("widget/shop");
  }

  @Test
  void logsOfAPodArePrinted() throws Exception {
    apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: p}
        spec: {containers: [{name: c, image: i}]}
        """);
    assertThat(kubectl("", "logs", "p").out()).isEqualTo("log of p\n");
    assertThat(kubectl("", "get", "pods").out()).contains("Pending");
  }

  private static Result apply(String yaml) throws Exception {
    return kubectl(yaml, "apply", "-f", "-");
  }

  private static Result kubectl(String input, String... arguments) throws Exception {
    Process process = start(arguments);
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    return read(process);
  }

  private static Process start(String... arguments) throws IOException {
    return builder(arguments).start();
  }

  private static ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", home.resolve("kubeconfig").toString());
    builder.environment().put("HOME", home.toString());
    return builder;
  }

  private static Result read(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), out);
  }
}
