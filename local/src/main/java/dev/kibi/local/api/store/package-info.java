/** Versioned objects in memory and the log of their changes, which watches read. */
@NullMarked
package dev.kibi.local.api.store;

import org.jspecify.annotations.NullMarked;
