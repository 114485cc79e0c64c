package dev.kibi.local.instance;

import dev.kibi.local.process.ProcessLedger;
import dev.kibi.local.process.Program;
import dev.kibi.local.process.Supervisor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator as a supervised process; in Kubernetes a Deployment does this. */
final class OperatorProcess implements Supervisor.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorProcess.class);
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** A laptop is slower and more loaded than a server: patience is multiplied by this. */
  private static final String DEFAULT_TIMER_FACTOR = "3";

  private final Supervisor supervisor;

  OperatorProcess(Settings settings, LoopbackNetwork network, ProcessLedger ledger) {
    this.supervisor = new Supervisor(LogFiles.OPERATOR, program(settings, network), ledger, this);
  }

  private static Program program(Settings settings, LoopbackNetwork network) {
    List<String> command = Jvm.command();
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(Jvm.moreOptions("KIBI_OPERATOR_JAVA_OPTS"));
    command.addAll(List.of("-jar", settings.operatorJar().toString()));
    String timerFactor = System.getenv().getOrDefault("KIBI_TIMER_FACTOR", DEFAULT_TIMER_FACTOR);
    Map<String, String> environment = new TreeMap<>(peerSettings());
    environment.put("KUBECONFIG", settings.state().kubeconfig().toString());
    environment.put("KIBI_SERVER_SIDE_APPLY", "false");
    environment.put("KIBI_LEADER_ELECTION", "false");
    environment.put("KIBI_TIMER_FACTOR", timerFactor);
    environment.put("KIBI_BIND", network.operator());
    environment.put("KIBI_HTTP_PORT", "8080");
    environment.put("POD_NAME", LogFiles.OPERATOR);
    environment.put("POD_NAMESPACE", "default");
    return new Program(command, environment, settings.state().logFiles().file(LogFiles.OPERATOR));
  }

  /** How peer links are protected is the operator's to know; what is set here reaches it. */
  private static Map<String, String> peerSettings() {
    Map<String, String> settings = new TreeMap<>(System.getenv());
    settings.keySet().removeIf(name -> !name.startsWith("KIBI_PEER_"));
    return settings;
  }

  void start() {
    supervisor.start();
  }

  @Override
  public void started(Process process) {
    LOG.info("operator running pid={}", process.pid());
  }

  @Override
  public void exited(int exitCode, Instant startedAt, Duration restartDelay) {
    LOG.warn("operator exited code={} restart-in={}", exitCode, restartDelay);
  }

  @Override
  public void startFailed(String reason, Duration restartDelay) {
    LOG.error("operator not started error={} retry-in={}", reason, restartDelay);
  }

  void stop() throws InterruptedException {
    supervisor.stop(GRACE);
  }
}
