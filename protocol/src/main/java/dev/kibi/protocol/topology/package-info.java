/**
 * What the cluster is at one version: shards, epochs, masters, slot owners and moves, immutable.
 */
@NullMarked
package dev.kibi.protocol.topology;

import org.jspecify.annotations.NullMarked;
