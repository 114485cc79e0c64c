/** The event loop that owns slots: feeds the machines, applies effects, replies. */
@NullMarked
package dev.kibi.node.lane;

import org.jspecify.annotations.NullMarked;
