/** Operating system processes: start, watch, restart, end, and remember what was started. */
@NullMarked
package dev.kibi.local.process;

import org.jspecify.annotations.NullMarked;
