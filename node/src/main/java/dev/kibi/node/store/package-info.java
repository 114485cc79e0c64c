/** Slots, values, expiry, eviction and memory accounting. Time is an argument. */
@NullMarked
package dev.kibi.node.store;

import org.jspecify.annotations.NullMarked;
