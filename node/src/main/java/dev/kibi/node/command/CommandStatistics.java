package dev.kibi.node.command;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How often each command ran, was refused or failed, and how long it took. One instance per lane,
 * written by that lane without locks; arrays by {@link CommandSpec#id}.
 */
public final class CommandStatistics {
  private static final long WINDOW_MS = 1000;

  private final long[] calls;
  private final long[] nanos;
  private final long[] rejected;
  private final long[] failed;
  private final @Nullable LatencyHistogram[] latencies;
  private final SortedMap<String, Long> errors = new TreeMap<>();
  private long processed;
  private long errorReplies;
  private long windowStartMs;
  private long windowProcessed;
  private long perSecond;

  CommandStatistics(int commands) {
    calls = new long[commands];
    nanos = new long[commands];
    rejected = new long[commands];
    failed = new long[commands];
    latencies = new LatencyHistogram[commands];
  }

  void ran(CommandSpec spec, long elapsedNanos, long nowMs) {
    int id = spec.id();
    calls[id]++;
    nanos[id] += elapsedNanos;
    processed++;
    if (nowMs - windowStartMs >= WINDOW_MS) {
      perSecond = 1000 * (processed - windowProcessed) / (nowMs - windowStartMs);
      windowStartMs = nowMs;
      windowProcessed = processed;
    }
    LatencyHistogram latency = latencies[id];
    if (latency == null) {
      latency = new LatencyHistogram();
      latencies[id] = latency;
    }
    latency.record(elapsedNanos);
  }

  void failed(CommandSpec spec) {
    failed[spec.id()]++;
  }

  void rejected(CommandSpec spec) {
    rejected[spec.id()]++;
  }

  void error(String code) {
    errorReplies++;
    errors.merge(code, 1L, Long::sum);
  }

  /** Commands executed since the start. */
  public long processed() {
    return processed;
  }

  /** Commands per second over the last whole second that saw any; 0 after a pause. */
  public long perSecond(long nowMs) {
    return nowMs - windowStartMs < 2 * WINDOW_MS ? perSecond : 0;
  }

  public long errorReplies() {
    return errorReplies;
  }

  /** Error replies by their code. */
  public SortedMap<String, Long> errors() {
    return errors;
  }

  public long calls(CommandSpec spec) {
    return calls[spec.id()];
  }

  public long micros(CommandSpec spec) {
    return nanos[spec.id()] / 1000;
  }

  public long rejectedCalls(CommandSpec spec) {
    return rejected[spec.id()];
  }

  public long failedCalls(CommandSpec spec) {
    return failed[spec.id()];
  }

  /** Null when the command never ran. */
  public @Nullable LatencyHistogram latency(CommandSpec spec) {
    return latencies[spec.id()];
  }

  /** Forgets all of it (CONFIG RESETSTAT). */
  public void reset() {
    Arrays.fill(calls, 0);
    Arrays.fill(nanos, 0);
    Arrays.fill(rejected, 0);
    Arrays.fill(failed, 0);
    Arrays.fill(latencies, null);
    errors.clear();
    processed = 0;
    errorReplies = 0;
    windowProcessed = 0;
  }
}
