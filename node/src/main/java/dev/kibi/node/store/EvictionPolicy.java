package dev.kibi.node.store;

import java.util.Optional;

/**
 * Which keys may go when memory is full, and which of them goes first; the policies of Redis'
 * {@code maxmemory-policy}.
 */
public enum EvictionPolicy {
  NOEVICTION("noeviction", false, Measure.NONE),
  ALLKEYS_LRU("allkeys-lru", false, Measure.IDLE_TIME),
  ALLKEYS_LFU("allkeys-lfu", false, Measure.FREQUENCY),
  ALLKEYS_RANDOM("allkeys-random", false, Measure.CHANCE),
  VOLATILE_LRU("volatile-lru", true, Measure.IDLE_TIME),
  VOLATILE_LFU("volatile-lfu", true, Measure.FREQUENCY),
  VOLATILE_RANDOM("volatile-random", true, Measure.CHANCE),
  VOLATILE_TTL("volatile-ttl", true, Measure.EXPIRY);

  enum Measure {
    NONE,
    IDLE_TIME,
    FREQUENCY,
    CHANCE,
    EXPIRY
  }

  private final String policyName;
  private final boolean onlyExpiring;
  private final Measure measure;

  EvictionPolicy(String policyName, boolean onlyExpiring, Measure measure) {
    this.policyName = policyName;
    this.onlyExpiring = onlyExpiring;
    this.measure = measure;
  }

  /** The policy that a configuration names. */
  public static Optional<EvictionPolicy> named(String name) {
    for (EvictionPolicy policy : values()) {
      if (policy.policyName.equals(name)) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }

  /** The name a configuration uses. */
  public String policyName() {
    return policyName;
  }

  /** Whether keys carry an access frequency under this policy, and no idle time. */
  public boolean isByFrequency() {
    return measure == Measure.FREQUENCY;
  }

  /** Whether it goes by when or how often keys were used. */
  public boolean usesClock() {
    return measure == Measure.IDLE_TIME || measure == Measure.FREQUENCY;
  }

  boolean onlyExpiring() {
    return onlyExpiring;
  }

  Measure measure() {
    return measure;
  }
}
