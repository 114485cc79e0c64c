/** The whole system as processes on this machine, used by real clients. */
@NullMarked
package dev.kibi.e2e.process;

import org.jspecify.annotations.NullMarked;
