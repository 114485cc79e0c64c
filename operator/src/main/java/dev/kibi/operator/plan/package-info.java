/** Pure planners: from desired and observed to the next actions, each with a reason. */
@NullMarked
package dev.kibi.operator.plan;

import org.jspecify.annotations.NullMarked;
