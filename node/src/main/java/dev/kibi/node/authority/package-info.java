/** How a node reaches the authority over the topology. */
@NullMarked
package dev.kibi.node.authority;

import org.jspecify.annotations.NullMarked;
