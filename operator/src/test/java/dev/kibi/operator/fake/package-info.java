/**
 * A small world for the operator's tests: an API server in memory, a kubelet, and nodes that speak
 * the frames.
 */
@NullMarked
package dev.kibi.operator.fake;

import org.jspecify.annotations.NullMarked;
