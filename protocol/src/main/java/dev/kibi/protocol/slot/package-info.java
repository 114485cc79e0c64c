/**
 * Hash slots of Redis clients (16384) and the slots of Kibi (1024): keys to numbers, and sets of
 * them.
 */
@NullMarked
package dev.kibi.protocol.slot;

import org.jspecify.annotations.NullMarked;
