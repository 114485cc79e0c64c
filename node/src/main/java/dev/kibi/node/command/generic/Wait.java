package dev.kibi.node.command.generic;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;

/** WAIT and WAITAOF. */
final class Wait {

  private static final String NOT_ON_REPLICAS =
      " cannot be used with replica instances. Please also note that writes to replicas are just"
          + " local and are not propagated.";

  private Wait() {}

  static void await(Call call) {
    if (!call.node().master()) {
      throw CommandError.of(
          "ERR WAIT cannot be used with replica instances. Please also note that since Redis 4.0 if"
              + " a replica is configured to be writable (which is not the default) writes to"
              + " replicas are just local and are not propagated.");
    }
    long replicas = call.integer(1);
    long timeoutMs = timeoutMs(call, 2);
    int wanted = Math.clamp(replicas, 0, Integer.MAX_VALUE);
    call.node().awaitReplicas(call, wanted, timeoutMs);
  }

  /**
   * There is no append-only file anywhere: waiting for our own is an error, as in Redis, and of the
   * replicas none will ever have one, which is told at once.
   */
  static void awaitFile(Call call) {
    long local = call.integer(1);
    if (local < 0 || local > 1) {
      throw CommandError.of("ERR value is out of range, value must between 0 and 1");
    }
    long replicas = call.integer(2);
    if (replicas < 0) {
      throw CommandError.of("ERR value is out of range, must be positive");
    }
    timeoutMs(call, 3);
    if (!call.node().master()) {
      throw CommandError.of("ERR WAITAOF" + NOT_ON_REPLICAS);
    }
    if (local > 0) {
      throw CommandError.of(
          "ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.");
    }
    call.reply().array(2);
    call.reply().integer(0);
    call.reply().integer(0);
  }

  private static long timeoutMs(Call call, int argument) {
    if (!call.args().isLong(argument)) {
      throw CommandError.of("ERR timeout is not an integer or out of range");
    }
    long timeoutMs = call.args().longValue(argument);
    if (timeoutMs < 0) {
      throw CommandError.of("ERR timeout is negative");
    }
    // Whoever adds the present time to it must not overflow.
    return Math.min(timeoutMs, Long.MAX_VALUE - call.now());
  }
}
