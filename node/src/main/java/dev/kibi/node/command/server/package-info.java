/** Handlers of the server family. */
@NullMarked
package dev.kibi.node.command.server;

import org.jspecify.annotations.NullMarked;
