package dev.kibi.node.resp;

/**
 * Bytes that can never become a command. The message is the text of the error reply, as Redis
 * 7.0.15 words it; the connection answers it and closes.
 */
public final class RespProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RespProtocolException(String detail) {
    // No stack trace: garbage from a socket is an everyday event and its origin is the peer, not
    // this code.
    super("Protocol error: " + detail, null, false, false);
  }
}
