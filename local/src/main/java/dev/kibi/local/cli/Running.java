package dev.kibi.local.cli;

import dev.kibi.local.instance.Instance;
import dev.kibi.local.instance.Settings;
import dev.kibi.local.instance.StateDirectory;
import dev.kibi.local.instance.UserException;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Access to the instance that a command is about. */
final class Running {
  private Running() {}

  /** A client; fails with a sentence if nothing runs. */
  static KubernetesClient client(Settings settings) {
    StateDirectory state = settings.state();
    if (state.owner().isEmpty()) {
      int left = state.runningPrograms();
      throw new UserException(
          left == 0
              ? "nothing is running in " + state + "; start with: kibi up"
              : "the instance in "
                  + state
                  + " has died and left "
                  + left
                  + " programs behind; end them with: kibi down");
    }
    return Instance.client(settings);
  }
}
