package dev.kibi.operator.controller;

import dev.kibi.operator.certificate.PeerTls;
import java.time.Duration;

/**
 * Settings of the reconciler and what it works with.
 *
 * @param timerFactor scales every timer of the protocol
 * @param timerFactorText the same, as it is given to the nodes
 * @param peerPort port of the nodes' control links
 * @param deadline of each request to the API server that changes a topology
 * @param serverSideApply off only for API servers that cannot do it
 * @param peerTls how the control links are protected, and those of the nodes
 * @param instance names this process in Events
 */
public record ServiceSettings(
    double timerFactor,
    String timerFactorText,
    int peerPort,
    Duration deadline,
    boolean serverSideApply,
    PeerTls peerTls,
    String instance) {}
