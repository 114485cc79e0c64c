package dev.kibi.node;

import dev.kibi.arch.Arrow;
import java.util.ArrayList;
import java.util.List;

/** What the packages of node may depend on: DESIGN.md, "Life of a command", as an executed file. */
final class NodeArrows {

  /** Command families; a new one is added here. */
  private static final List<String> FAMILIES =
      List.of("cluster", "connection", "generic", "hash", "server", "string");

  private NodeArrows() {}

  static List<Arrow> beneath(String base) {
    String node = base + ".node";
    String command = node + ".command";
    String lane = node + ".lane";
    String rdb = node + ".rdb";
    String resp = node + ".resp";
    String shard = node + ".shard";
    String store = node + ".store";
    String protocol = base + ".protocol..";
    List<Arrow> arrows = new ArrayList<>();
    arrows.add(
        Arrow.from(resp)
            .onlyTo("java.math", "java.nio.charset")
            .because("reader and writer know bytes, and nothing of sockets, commands or data"));
    arrows.add(
        Arrow.from(rdb)
            .onlyTo("java.io", "java.nio", "java.nio.charset")
            .because("it translates between bytes and values, whoever holds them"));
    arrows.add(
        Arrow.from(store)
            .onlyTo(base + ".protocol.slot", "java.nio..")
            .because("the store holds data; replication and commands are built on it"));
    arrows.add(
        Arrow.from(shard)
            // The store for its EffectLog, which the replication log implements.
            .onlyTo(protocol, store, "java.nio..", "java.time")
            .because(
                "the machines are pure: events in, effects out, so that they can be simulated"));
    arrows.add(
        Arrow.from(command)
            .onlyTo(resp, store, protocol, "java..")
            .because("a command runs the same whatever the connection and the lane"));
    FAMILIES.forEach(family -> arrows.add(family(base, command, family)));
    arrows.add(
        Arrow.from(lane)
            .onlyTo(command, resp, shard, store, protocol, "java..", "org.slf4j..")
            .because("a lane is driven by sockets and reaches the authority through a port"));
    arrows.add(
        Arrow.from(node + ".tls")
            .onlyTo(
                protocol,
                "java.io",
                "java.nio",
                "java.nio.file",
                "java.security",
                "javax.net.ssl",
                "org.slf4j..")
            .because("it reads the files that the pod mounts, and opens no link"));
    arrows.add(
        Arrow.from(node + ".authority")
            .onlyTo(
                lane, shard, protocol, base + ".crds..", "io.fabric8..", "java..", "org.slf4j..")
            .because("it connects the authority to the lanes and knows no command"));
    arrows.add(
        Arrow.from(
                node,
                node + ".authority",
                command + "..",
                lane,
                node + ".metrics",
                rdb,
                resp,
                shard,
                store)
            .neverTo("io.vertx..", "io.netty..")
            .because("net alone knows Vert.x and Netty"));
    arrows.add(
        Arrow.from(node, node + ".metrics", node + ".net")
            .neverTo("io.fabric8..")
            .because("only the authority speaks to Kubernetes"));
    arrows.add(
        Arrow.from(node + "..")
            .neverTo(base + ".operator..", base + ".local..")
            .because("node and operator never see each other: they share the protocol"));
    return arrows;
  }

  private static Arrow family(String base, String command, String family) {
    return Arrow.from(command + "." + family)
        .onlyTo(
            command,
            base + ".node.rdb",
            base + ".node.resp",
            base + ".node.store",
            base + ".protocol..",
            "com.sun.management..",
            "java..")
        .because("a family is read, changed and tested without the others");
  }
}
