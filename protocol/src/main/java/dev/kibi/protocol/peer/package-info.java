/**
 * Who is at the other end of a peer link: what a certificate says of its holder, and how that is
 * proven in the handshake. Files and sockets belong to those who have them.
 */
@NullMarked
package dev.kibi.protocol.peer;

import org.jspecify.annotations.NullMarked;
