/** Sockets: client connections, peer links, probes. The only place that knows Vert.x and Netty. */
@NullMarked
package dev.kibi.node.net;

import org.jspecify.annotations.NullMarked;
