package dev.kibi.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is evicted when the memory is full; names and meanings are those of Redis. */
public enum EvictionPolicy {
  @JsonProperty("noeviction")
  NOEVICTION("noeviction"),
  @JsonProperty("allkeys-lru")
  ALLKEYS_LRU("allkeys-lru"),
  @JsonProperty("allkeys-lfu")
  ALLKEYS_LFU("allkeys-lfu"),
  @JsonProperty("allkeys-random")
  ALLKEYS_RANDOM("allkeys-random"),
  @JsonProperty("volatile-lru")
  VOLATILE_LRU("volatile-lru"),
  @JsonProperty("volatile-lfu")
  VOLATILE_LFU("volatile-lfu"),
  @JsonProperty("volatile-random")
  VOLATILE_RANDOM("volatile-random"),
  @JsonProperty("volatile-ttl")
  VOLATILE_TTL("volatile-ttl");

  private final String text;

  EvictionPolicy(String text) {
    this.text = text;
  }

  /** As Redis writes it, such as {@code allkeys-lru}. */
  public String text() {
    return text;
  }
}
