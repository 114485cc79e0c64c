package dev.kibi.node.lane;

import dev.kibi.node.resp.RespWriter;
import java.util.function.Consumer;

/**
 * A client connection as the lane sees it: it may be parked, wait for a commit, or be blocked in
 * WAIT.
 */
public interface LaneClient {

  /** Offer the parked command again. */
  void retry();

  /**
   * Replies that waited for the log up to {@code commitLsn} may leave; answers whether others still
   * wait.
   */
  boolean committed(long commitLsn);

  /**
   * The mastership ended under replies that wait for it: close, as nobody can say how those writes
   * end.
   */
  void cutOff();

  /** Answer the blocked command and go on. */
  void unblock(Consumer<RespWriter> reply);
}
