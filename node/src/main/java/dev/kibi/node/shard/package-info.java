/** Pure machines: membership and commit, failover, slot move. */
@NullMarked
package dev.kibi.node.shard;

import org.jspecify.annotations.NullMarked;
