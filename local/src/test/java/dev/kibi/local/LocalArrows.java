package dev.kibi.local;

import dev.kibi.arch.Arrow;
import java.util.List;

/** What local may depend on. */
final class LocalArrows {

  private LocalArrows() {}

  static List<Arrow> beneath(String base) {
    String local = base + ".local";
    return List.of(
        Arrow.from(local + "..")
            .neverTo(base + ".node..", base + ".operator..")
            .because("operator and node are programs that are started, never called"),
        Arrow.from(local + ".api.store", local + ".api.schema", local + ".api.table")
            .neverTo("com.sun.net..", "java.net..", "io.fabric8..", local + ".kubelet..")
            .because("objects, schemas and tables know no sockets and no clients"),
        Arrow.from(local + ".api..")
            .neverTo(
                local + ".kubelet..", local + ".service..", local + ".instance..", local + ".cli..")
            .because("the API server knows nobody who uses it"),
        Arrow.from(local + ".kubelet..", local + ".service..")
            .neverTo(local + ".api..", local + ".instance..", local + ".cli..")
            .because("controllers reach objects as every client does, over the API"),
        Arrow.from(local + ".process..")
            .onlyTo("java..", "org.slf4j..")
            .because("a process is a process, whatever it runs"),
        Arrow.from(local + ".instance..")
            .neverTo(local + ".cli..")
            .because("an instance can be started without a command line"));
  }
}
