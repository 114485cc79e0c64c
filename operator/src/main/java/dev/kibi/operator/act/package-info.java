/** Performs one action of a plan. */
@NullMarked
package dev.kibi.operator.act;

import org.jspecify.annotations.NullMarked;
