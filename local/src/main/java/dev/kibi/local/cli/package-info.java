/** The commands of {@code kibi}. */
@NullMarked
package dev.kibi.local.cli;

import org.jspecify.annotations.NullMarked;
