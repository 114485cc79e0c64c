package dev.kibi.protocol;

import dev.kibi.arch.Arrow;
import java.util.List;

/** What the packages of protocol may depend on. */
final class ProtocolArrows {

  private ProtocolArrows() {}

  static List<Arrow> beneath(String base) {
    String protocol = base + ".protocol";
    String slot = protocol + ".slot";
    String topology = protocol + ".topology";
    return List.of(
        Arrow.from(slot).onlyTo().because("a slot is a number and knows no cluster"),
        Arrow.from(topology)
            .onlyTo(slot)
            .because("the topology is a value; who elects and who sends it are not its business"),
        Arrow.from(protocol + ".election")
            .onlyTo(topology)
            .because("every process that applies the rule must come to the same winner"),
        Arrow.from(protocol + ".wire")
            .onlyTo(slot, topology, "java.nio", "java.nio.charset")
            .because("a frame is bytes in and bytes out; sockets belong to those who have them"),
        Arrow.from(protocol + ".peer")
            .onlyTo(
                "java.io",
                "java.net",
                "java.nio.charset",
                "java.security..",
                "java.time",
                "javax.net.ssl")
            .because("a certificate says who its holder is; files and sockets belong to others"),
        Arrow.from(protocol + "..")
            .neverTo("java.util.concurrent..", "java.util.logging..")
            .because("protocol is what all programs share: no threads, no I/O"));
  }
}
