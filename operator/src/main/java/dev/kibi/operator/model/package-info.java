/** Pure: from the spec to the desired Kubernetes objects, their names and labels. */
@NullMarked
package dev.kibi.operator.model;

import org.jspecify.annotations.NullMarked;
