/** The custom resources as Java types; the YAML of the CRDs is generated from them. */
@NullMarked
package dev.kibi.crds;

import org.jspecify.annotations.NullMarked;
