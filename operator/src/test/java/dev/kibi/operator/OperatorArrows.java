package dev.kibi.operator;

import dev.kibi.arch.Arrow;
import java.util.List;

/** What the packages of operator may depend on: DESIGN.md, "Life of a reconcile", executed. */
final class OperatorArrows {

  private static final String FABRIC8 = "io.fabric8..";
  private static final String JOSDK = "io.javaoperatorsdk..";
  private static final String LOG = "org.slf4j..";

  private OperatorArrows() {}

  static List<Arrow> beneath(String base) {
    String operator = base + ".operator";
    String model = operator + ".model";
    String nodelink = operator + ".nodelink";
    String plan = operator + ".plan";
    String diagnosis = operator + ".diagnosis";
    String certificate = operator + ".certificate";
    String crds = base + ".crds..";
    String protocol = base + ".protocol..";
    return List.of(
        Arrow.from(plan)
            .onlyTo(protocol)
            .because("a plan follows from what is wanted and what is seen, and from nothing else"),
        Arrow.from(model)
            .onlyTo(base + ".crds", protocol, "java.math..", "io.fabric8.kubernetes.api.model..")
            .because("the desired objects follow from the spec alone"),
        Arrow.from(certificate)
            .onlyTo(protocol, "java.security..", "java.time")
            .because(
                "which certificates there should be follows from those there are and the time"),
        Arrow.from(diagnosis)
            .onlyTo("io.fabric8.kubernetes.api.model..")
            .because("what keeps a pod from working is read from what Kubernetes says of it"),
        Arrow.from(nodelink)
            .onlyTo(protocol, "java..", "javax.net.ssl", LOG)
            .because("a control link carries frames and decides nothing"),
        Arrow.from(operator + ".observe")
            .onlyTo(model, diagnosis, nodelink, plan, crds, protocol, "java..", FABRIC8, JOSDK, LOG)
            .because("observing changes nothing"),
        Arrow.from(operator + ".dependent")
            .onlyTo(model, base + ".crds", FABRIC8, JOSDK)
            .because("a dependent is its object of the model and no decision of its own"),
        Arrow.from(operator + ".act")
            .onlyTo(
                model,
                certificate,
                nodelink,
                plan,
                crds,
                protocol,
                "java..",
                "javax.security.auth.x500",
                FABRIC8,
                "io.micrometer..",
                "org.bouncycastle..",
                LOG)
            .because("acting performs what was planned, and knows no reconciler"),
        Arrow.from(operator + ".status")
            .onlyTo(
                model,
                diagnosis,
                plan,
                crds,
                protocol,
                "java.time..",
                "io.fabric8.kubernetes.api.model..")
            .because("the status is a report of facts that others found"),
        Arrow.from(operator + "..")
            .neverTo(base + ".node..", base + ".local..", "io.vertx..", "io.netty..")
            .because("operator and node never see each other: they share the protocol"));
  }
}
