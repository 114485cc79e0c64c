package dev.kibi.node.lane;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * How many frames of peers and operators were refused since the start, by reason; for every thread.
 */
public final class RefusedFrames {

  /** Why a frame had no effect. */
  public enum Reason {
    /** Bytes that are no frame, or one that is longer than any may be. */
    GARBAGE,
    /** A link that ended in the middle of a frame. */
    TRUNCATED,
    /** A link, from here or to here, whose handshake failed: no certificate, or none believed. */
    UNTRUSTED,
    /** From a node or operator of another cluster. */
    OTHER_CLUSTER,
    /** Meant for another pod, which had this address before. */
    OTHER_NODE,
    /** From somebody whose certificate is for another part than the one it speaks. */
    OTHER_ROLE,
    /** About a shard this node does not serve. */
    OTHER_SHARD,
    /** Of another epoch than the installed one (M: EpochFence). */
    OTHER_EPOCH,
    /** A frame that does not fit the state of its link. */
    UNEXPECTED
  }

  private final List<LongAdder> counts =
      Stream.generate(LongAdder::new).limit(Reason.values().length).toList();

  public void count(Reason reason) {
    counts.get(reason.ordinal()).increment();
  }

  public long total(Reason reason) {
    return counts.get(reason.ordinal()).sum();
  }
}
