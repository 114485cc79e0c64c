/**
 * Differential tests: the same commands go to our dispatcher, in this process, and to redis-server
 * 7.0.15 as the oracle, and the replies must be the same bytes.
 */
@NullMarked
package dev.kibi.node.oracle;

import org.jspecify.annotations.NullMarked;
