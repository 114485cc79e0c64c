/** The pure rule that picks a shard's next master. */
@NullMarked
package dev.kibi.protocol.election;

import org.jspecify.annotations.NullMarked;
