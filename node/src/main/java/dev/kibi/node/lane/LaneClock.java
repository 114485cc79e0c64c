package dev.kibi.node.lane;

/** Where a lane's time comes from. */
public interface LaneClock {

  /** Monotonic nanoseconds, for leases and time-outs. */
  long nanos();

  /** Milliseconds since the epoch, for expiry. */
  long millis();

  /** The machine's clocks. */
  static LaneClock system() {
    return new LaneClock() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public long millis() {
        return System.currentTimeMillis();
      }
    };
  }
}
