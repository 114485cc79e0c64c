package dev.kibi.local;

import dev.kibi.arch.Arrow;
import java.util.List;

/** What local may depend on. */
final class LocalArrows {

  private LocalArrows() {}

  static List<Arrow> beneath(String base) {
    return List.of(
        Arrow.from(base + ".local..")
            .neverTo(base + ".node..", base + ".operator..")
            .because("operator and node are started as processes: Vert.x 4 and 5 share no JVM"));
  }
}
