/**
 * Pure machines of one shard: its log, membership and commit, failover, slot moves. No clock,
 * thread, random or socket.
 */
@NullMarked
package dev.kibi.node.shard;

import org.jspecify.annotations.NullMarked;
