/**
 * The data of one lane: slots, values, expiry, eviction and memory accounting, and the effects that
 * carry every change to the copies.
 *
 * <p>Time is always an argument and random numbers come from a generator that is handed in, so the
 * same calls give the same store. Outside of this package only {@link dev.kibi.node.store.Keyspace}
 * changes data for a client, and only value kinds are seen, never how a value is encoded.
 */
@NullMarked
package dev.kibi.node.store;

import org.jspecify.annotations.NullMarked;
