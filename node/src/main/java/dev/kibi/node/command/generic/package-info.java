/** Handlers of commands that work on keys of any type. */
@NullMarked
package dev.kibi.node.command.generic;

import org.jspecify.annotations.NullMarked;
