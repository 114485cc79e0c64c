package dev.kibi.e2e.sim;

/** What a simulation tries: everything there is, or one thing, often and in little time. */
enum Aim {
  /** All faults, drawn anew for each seed. */
  EVERYTHING,

  /**
   * Masters die, some after they were stopped for a while, and are back at once with nothing; in
   * half of the seeds no operator sees it. No copy may be lost by it.
   */
  EMPTY_RESTARTS,

  /**
   * All copies of a shard die at once, before anything is known of it; it opens again, and says so.
   */
  ALL_COPIES_LOST
}
