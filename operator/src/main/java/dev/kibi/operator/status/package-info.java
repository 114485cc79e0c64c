/** Collects messages and builds the status and its conditions once. */
@NullMarked
package dev.kibi.operator.status;

import org.jspecify.annotations.NullMarked;
