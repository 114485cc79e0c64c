/** From pods and node reports to the observed cluster. */
@NullMarked
package dev.kibi.operator.observe;

import org.jspecify.annotations.NullMarked;
