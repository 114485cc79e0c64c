/**
 * Pure: from what is wanted and what is seen to at most one step. No clock, thread, random or I/O;
 * time and observations come in as arguments, and equal inputs give equal steps.
 */
@NullMarked
package dev.kibi.operator.plan;

import org.jspecify.annotations.NullMarked;
