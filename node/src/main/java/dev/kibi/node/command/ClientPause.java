package dev.kibi.node.command;

/**
 * Whether clients are held back (CLIENT PAUSE).
 *
 * <p>A held command is {@link Dispatched#PARKED}: the lane offers parked commands again on its
 * tick, so a pause ends within one tick of its time.
 */
public final class ClientPause {
  private volatile long untilMs;
  private volatile boolean writesOnly;

  /** Holds back all commands or just writes; a pause that is already longer or wider stays so. */
  public void pause(long untilMs, boolean writesOnly, long nowMs) {
    boolean active = this.untilMs > nowMs;
    this.writesOnly = active ? this.writesOnly && writesOnly : writesOnly;
    this.untilMs = active ? Math.max(this.untilMs, untilMs) : untilMs;
  }

  public void unpause() {
    untilMs = 0;
  }

  /** Whether {@code spec} has to wait. */
  public boolean holds(CommandSpec spec, long nowMs) {
    return untilMs > nowMs && (!writesOnly || spec.has(Flag.WRITE) || spec.has(Flag.MAY_REPLICATE));
  }

  /** Until when clients are paused, or 0. */
  public long untilMs(long nowMs) {
    return untilMs > nowMs ? untilMs : 0;
  }
}
