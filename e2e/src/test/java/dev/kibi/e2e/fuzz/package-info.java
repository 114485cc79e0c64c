/** Garbage for everything that reads bytes from outside. */
@NullMarked
package dev.kibi.e2e.fuzz;

import org.jspecify.annotations.NullMarked;
