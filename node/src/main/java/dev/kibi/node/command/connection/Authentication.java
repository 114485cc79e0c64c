package dev.kibi.node.command.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.LiveConfig;
import java.security.MessageDigest;

/** AUTH: there is one user, {@code default}, whose password is the setting {@code requirepass}. */
public final class Authentication {
  private static final String DEFAULT_USER = "default";

  private Authentication() {}

  /** Whether clients must give a password. */
  public static boolean required(LiveConfig config) {
    return !config.get("requirepass").isEmpty();
  }

  static void auth(Call call) {
    if (call.argc() > 3) {
      throw CommandError.syntax();
    }
    boolean named = call.argc() == 3;
    if (!named && !required(call.node().config())) {
      throw CommandError.of(
          "ERR AUTH <password> called without any password configured for the default user."
              + " Are you sure your configuration is correct?");
    }
    authenticate(call, named ? call.args().text(1) : DEFAULT_USER, call.args().text(named ? 2 : 1));
    call.reply().ok();
  }

  /** Lets the session in, or throws. */
  static void authenticate(Call call, String user, String password) {
    LiveConfig config = call.node().config();
    if (!user.equals(DEFAULT_USER)
        || (required(config) && !matches(config.get("requirepass"), password))) {
      throw CommandError.of("WRONGPASS invalid username-password pair or user is disabled.");
    }
    call.session().authenticated(true);
  }

  /** Takes the same time wherever the first difference is. */
  private static boolean matches(String expected, String given) {
    return MessageDigest.isEqual(expected.getBytes(ISO_8859_1), given.getBytes(ISO_8859_1));
  }
}
