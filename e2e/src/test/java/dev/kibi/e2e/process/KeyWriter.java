package dev.kibi.e2e.process;

import java.util.List;

/** A client that sets the keys {@code PREFIX:0}, {@code PREFIX:1}, … one at a time. */
interface KeyWriter {

  /**
   * What became of the requests.
   *
   * @param keys how many were sent, failed ones included
   * @param slowestMs how long the slowest took, as its caller saw it
   * @param failures what each failed one ended with
   */
  record Written(long keys, long slowestMs, List<String> failures) {}

  /** Ends it, after the request under way. */
  Written stop() throws Exception;
}
