package dev.kibi.local.cli;

import dev.kibi.local.instance.Instance;
import dev.kibi.local.instance.Settings;
import dev.kibi.local.instance.UserException;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Access to the instance that a command is about. */
final class Running {
  private Running() {}

  /** A client; fails with a sentence if nothing runs. */
  static KubernetesClient client(Settings settings) {
    if (settings.state().owner().isEmpty()) {
      throw new UserException(
          "nothing is running in " + settings.state() + "; start with: kibi up");
    }
    return Instance.client(settings);
  }
}
