/** Handlers of the cluster family. */
@NullMarked
package dev.kibi.node.command.cluster;

import org.jspecify.annotations.NullMarked;
