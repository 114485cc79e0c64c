/** The CEL rules of the committed CRDs, evaluated. */
@NullMarked
package dev.kibi.crds.rules;

import org.jspecify.annotations.NullMarked;
