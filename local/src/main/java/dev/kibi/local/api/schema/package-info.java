/** Structural schemas of custom resources: unknown fields, defaults, validation, CEL rules. */
@NullMarked
package dev.kibi.local.api.schema;

import org.jspecify.annotations.NullMarked;
