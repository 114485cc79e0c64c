/** Kibi on one machine: the command line and what it starts. */
@NullMarked
package dev.kibi.local;

import org.jspecify.annotations.NullMarked;
