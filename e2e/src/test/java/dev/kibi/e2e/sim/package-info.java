/**
 * The simulator: real lanes, the real planner and real frames, on one thread, by one clock and one
 * seed (protocol.md section 6). A seed is a whole story; run it again and it is the same story.
 */
@NullMarked
package dev.kibi.e2e.sim;

import org.jspecify.annotations.NullMarked;
