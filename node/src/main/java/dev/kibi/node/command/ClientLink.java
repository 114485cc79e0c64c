package dev.kibi.node.command;

/** The socket behind a session, as far as commands may touch it. */
public interface ClientLink {
  /** Closes the connection without a further reply. May be called from any thread. */
  void close();

  /** Bytes received and not yet executed. */
  int inputBytes();

  /** Bytes of replies not yet taken by the socket. */
  long outputBytes();
}
