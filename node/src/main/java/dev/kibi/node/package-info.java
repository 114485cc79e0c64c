/** The cache node: composition root and configuration. */
@NullMarked
package dev.kibi.node;

import org.jspecify.annotations.NullMarked;
