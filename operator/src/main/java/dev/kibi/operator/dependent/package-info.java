/** One class per Kubernetes object that belongs to a cluster. */
@NullMarked
package dev.kibi.operator.dependent;

import org.jspecify.annotations.NullMarked;
