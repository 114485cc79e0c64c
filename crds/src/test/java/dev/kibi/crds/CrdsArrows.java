package dev.kibi.crds;

import dev.kibi.arch.Arrow;
import java.util.List;

/** What the packages of crds may depend on. */
final class CrdsArrows {

  private CrdsArrows() {}

  static List<Arrow> beneath(String base) {
    String crds = base + ".crds";
    String protocol = base + ".protocol..";
    return List.of(
        Arrow.from(crds)
            .onlyTo(protocol, "io.fabric8..", "com.fasterxml.jackson.annotation..")
            .because("a resource is data; who stores it and who acts on it depend on it"),
        Arrow.from(crds + ".authority")
            .onlyTo(crds, protocol, "io.fabric8..", "java.net", "java.time..", "org.slf4j..")
            .because("the door to the topology is the same for operator and node"));
  }
}
