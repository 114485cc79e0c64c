package dev.kibi.crds.authority;

import org.jspecify.annotations.Nullable;

/** The authority gave no answer that can be relied on: the outcome of the call is unknown. */
public class AuthorityUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public AuthorityUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public AuthorityUnavailableException(String message) {
    this(message, null);
  }
}
