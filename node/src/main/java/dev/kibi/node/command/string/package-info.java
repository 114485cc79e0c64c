/** Handlers of the string family. */
@NullMarked
package dev.kibi.node.command.string;

import org.jspecify.annotations.NullMarked;
