/** The only door to the stored topology: get, compare-and-set, watch. */
@NullMarked
package dev.kibi.crds.authority;

import org.jspecify.annotations.NullMarked;
