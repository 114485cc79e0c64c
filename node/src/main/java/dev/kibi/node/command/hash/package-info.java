/** Handlers of the hash family. */
@NullMarked
package dev.kibi.node.command.hash;

import org.jspecify.annotations.NullMarked;
