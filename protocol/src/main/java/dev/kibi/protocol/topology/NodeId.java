package dev.kibi.protocol.topology;

/**
 * One life of a cache process: the pod it runs in and a random part drawn at process start.
 *
 * <p>A restarted process is a new node (invariant 7), so what was granted to the old one is not the
 * new one's.
 *
 * @param podUid the uid Kubernetes gave the pod
 * @param incarnation drawn at random when the process starts, never used again
 */
public record NodeId(String podUid, String incarnation) implements Comparable<NodeId> {

  /** The longest written form, in characters. */
  public static final int TEXT_LENGTH_MAX = 128;

  public NodeId {
    requirePart("pod uid", podUid);
    requirePart("incarnation", incarnation);
    if (podUid.length() + 1 + incarnation.length() > TEXT_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "node id: "
              + podUid
              + "/"
              + incarnation
              + " (expected: at most "
              + TEXT_LENGTH_MAX
              + " characters)");
    }
  }

  /** Reads {@code "podUid/incarnation"}. */
  public static NodeId parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "node id: \"" + text + "\" (expected: podUid/incarnation)");
    }
    return new NodeId(text.substring(0, slash), text.substring(slash + 1));
  }

  /** Whether this is another life of the same pod. */
  public boolean isOtherIncarnationOf(NodeId other) {
    return podUid.equals(other.podUid) && !incarnation.equals(other.incarnation);
  }

  @Override
  public int compareTo(NodeId other) {
    int byPod = podUid.compareTo(other.podUid);
    return byPod != 0 ? byPod : incarnation.compareTo(other.incarnation);
  }

  @Override
  public String toString() {
    return podUid + "/" + incarnation;
  }

  private static void requirePart(String name, String part) {
    if (part.isEmpty() || part.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          name + ": \"" + part + "\" (expected: not empty, without a slash)");
    }
  }
}
