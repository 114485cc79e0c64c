package dev.kibi.node.shard;

/**
 * Whether a replica takes its master for dead, and since when (protocol.md section 3, steps 1 and
 * 2).
 *
 * <pre>
 * state    | event                                       | next
 * ---------+---------------------------------------------+---------
 * TRUST    | silence for the grace time                  | SUSPECT
 * TRUST    | link closed and one reconnect refused       | SUSPECT
 * TRUST    | another life of the pod answers: proof      | SUSPECT, for good
 * SUSPECT  | the master speaks, and there is no proof    | TRUST
 * any      | a new epoch                                 | TRUST
 * </pre>
 */
final class Suspicion {

  private boolean suspected;
  private boolean proven;
  private boolean heard;
  private long heardAt;
  private long since;

  /** A new epoch begins at {@code now}. */
  void begin(long now) {
    suspected = false;
    proven = false;
    heard = false;
    heardAt = now;
  }

  void heard(long now) {
    heard = true;
    heardAt = now;
    suspected = proven;
  }

  void refused(long now) {
    suspect(now);
  }

  void proven(long now) {
    proven = true;
    suspect(now);
  }

  void tick(long now, long grace) {
    if (now - heardAt > grace) {
      suspect(now);
    }
  }

  private void suspect(long now) {
    if (!suspected) {
      suspected = true;
      since = now;
    }
  }

  boolean isSuspected() {
    return suspected;
  }

  boolean isProven() {
    return proven;
  }

  /** Whether the master was heard in this epoch. */
  boolean hasHeard() {
    return heard;
  }

  long heardAt() {
    return heardAt;
  }

  /** Whether it has been suspected for {@code delay}. */
  boolean hasLasted(long delay, long now) {
    return suspected && now - since >= delay;
  }
}
