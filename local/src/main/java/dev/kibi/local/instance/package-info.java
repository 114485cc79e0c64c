/** A running installation: its state directory, its network, the processes it has started. */
@NullMarked
package dev.kibi.local.instance;

import org.jspecify.annotations.NullMarked;
