/** The tables that kubectl prints. */
@NullMarked
package dev.kibi.local.api.table;

import org.jspecify.annotations.NullMarked;
