/**
 * The frames of the peer port (16379): replication, slot moves and control, with bounded decoding.
 */
@NullMarked
package dev.kibi.protocol.wire;

import org.jspecify.annotations.NullMarked;
