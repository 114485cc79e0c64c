/** Counters and gauges of a node. */
@NullMarked
package dev.kibi.node.metrics;

import org.jspecify.annotations.NullMarked;
