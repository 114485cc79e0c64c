package dev.kibi.operator.model;

/** Ports of a node, the same on every pod. */
public final class Ports {
  /** Cluster protocol, for clients. */
  public static final int CLIENT = 6379;

  /** Peers and control links. */
  public static final int PEER = 16379;

  /** Health and metrics. */
  public static final int HTTP = 9121;

  private Ports() {}
}
