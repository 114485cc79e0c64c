package dev.kibi.local.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProberTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger answer = new AtomicInteger(503);
  private final AtomicInteger asked = new AtomicInteger();
  private final BlockingQueue<Boolean> verdicts = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> unhealthy = new LinkedBlockingQueue<>();
  private final Prober prober = new Prober(client, unhealthy::add);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(answer.get(), -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    prober.close();
    server.stop(0);
    client.close();
  }

  @Test
  void readinessIsGainedAndLostAsTheAnswersSay() throws InterruptedException {
    answer.set(200);
    prober.start(null, probe(2, false), null, verdicts::add);
    assertThat(verdicts.poll(10, TimeUnit.SECONDS)).isTrue();
    answer.set(503);
    assertThat(verdicts.poll(10, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void withoutAReadinessProbeAContainerIsReadyAtOnce() {
    prober.start(null, null, null, verdicts::add);
    assertThat(verdicts).containsExactly(true);
  }

  @Test
  void aContainerMayNeedAsLongToStartAsItsStartupProbeSays() {
    prober.start(probe(60, false), null, probe(1, true), verdicts::add);
    await().until(() -> asked.get() >= 3); // One failure would be enough for liveness.
    assertThat(unhealthy).isEmpty();
  }

  @Test
  void aContainerThatDoesNotStartInTimeIsUnhealthy() throws InterruptedException {
    prober.start(probe(2, false), null, probe(1, true), verdicts::add);
    assertThat(unhealthy.poll(20, TimeUnit.SECONDS)).isEqualTo("2 startup probes failed");
  }

  @Test
  void aContainerThatWasAliveAndAnswersNoMoreIsUnhealthy() throws InterruptedException {
    answer.set(200);
    prober.start(probe(60, false), null, probe(2, true), verdicts::add);
    await().until(() -> asked.get() >= 2);
    answer.set(500);
    assertThat(unhealthy.poll(20, TimeUnit.SECONDS)).isEqualTo("the liveness probe failed");
  }

  private HttpProbe probe(int failures, boolean initially) {
    Probe probe =
        new ProbeBuilder()
            .withNewHttpGet()
            .withPath("/x")
            .withNewPort("http")
            .endHttpGet()
            .withPeriodSeconds(1)
            .withFailureThreshold(failures)
            .build();
    Container container =
        new ContainerBuilder()
            .addNewPort()
            .withName("http")
            .withContainerPort(server.getAddress().getPort())
            .endPort()
            .build();
    assertThat(HttpProbe.of(null, container, "127.0.0.1", true)).isNull();
    HttpProbe made = HttpProbe.of(probe, container, "127.0.0.1", initially);
    assertThat(List.of(made.period().toSeconds(), made.initialDelay().toSeconds()))
        .containsExactly(1L, 0L);
    return made;
  }
}
