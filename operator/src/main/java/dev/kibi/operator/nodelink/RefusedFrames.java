package dev.kibi.operator.nodelink;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * How many frames of nodes were refused since the start, by reason; for every thread. The words are
 * those of the nodes' own count.
 */
public final class RefusedFrames {

  /** Why a frame had no effect. */
  public enum Reason {
    /** Bytes that are no frame, or one that is longer than any may be. */
    GARBAGE,
    /** A link whose handshake failed: no certificate of a node of the cluster, or none at all. */
    UNTRUSTED,
    /** From a node of another cluster. */
    OTHER_CLUSTER,
    /** From the node of another pod, which has this address now. */
    OTHER_NODE,
    /** A frame that no node sends to an operator. */
    UNEXPECTED
  }

  private final List<LongAdder> counts =
      Stream.generate(LongAdder::new).limit(Reason.values().length).toList();

  void count(Reason reason) {
    counts.get(reason.ordinal()).increment();
  }

  public long total(Reason reason) {
    return counts.get(reason.ordinal()).sum();
  }
}
