package dev.kibi.local.instance;

import org.jspecify.annotations.Nullable;

/** Something the user has to know and can do something about; the message is one plain sentence. */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UserException(String message) {
    super(message);
  }

  public UserException(@Nullable String message, Throwable cause) {
    super(message, cause);
  }
}
