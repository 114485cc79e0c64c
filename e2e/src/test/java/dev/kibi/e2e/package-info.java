/** What the end-to-end tests share: starting and ending programs, clients, measurements. */
@NullMarked
package dev.kibi.e2e;

import org.jspecify.annotations.NullMarked;
