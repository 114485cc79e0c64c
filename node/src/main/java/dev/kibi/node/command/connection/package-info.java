/** Handlers of the connection family. */
@NullMarked
package dev.kibi.node.command.connection;

import org.jspecify.annotations.NullMarked;
