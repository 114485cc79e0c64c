/** The operator: composition root and configuration. */
@NullMarked
package dev.kibi.operator;

import org.jspecify.annotations.NullMarked;
