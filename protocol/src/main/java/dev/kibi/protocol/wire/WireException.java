package dev.kibi.protocol.wire;

/** Bytes on a peer link that are no frame; the link is closed, nothing was taken from them. */
public final class WireException extends Exception {

  private static final long serialVersionUID = 1L;

  public WireException(String message) {
    super(message);
  }
}
