/** Who is at the other end of a peer link, and how its certificate proves it. */
@NullMarked
package dev.kibi.protocol.peer;

import org.jspecify.annotations.NullMarked;
