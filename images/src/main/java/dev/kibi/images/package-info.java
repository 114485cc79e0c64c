/** Builds the container images of node and operator. */
@NullMarked
package dev.kibi.images;

import org.jspecify.annotations.NullMarked;
