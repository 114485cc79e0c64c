package dev.kibi.protocol.peer;

import org.jspecify.annotations.Nullable;

/** Certificates or a key cannot be used; the message says which and what was expected. */
public final class PeerIdentityException extends Exception {

  private static final long serialVersionUID = 1L;

  public PeerIdentityException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
