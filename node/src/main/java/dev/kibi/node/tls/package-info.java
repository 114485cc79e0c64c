/** The certificates that this node's pod mounts, read anew whenever they change. */
@NullMarked
package dev.kibi.node.tls;

import org.jspecify.annotations.NullMarked;
