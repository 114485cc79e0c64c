/** Turns StatefulSets into pods and pods into processes. */
@NullMarked
package dev.kibi.local.kubelet;

import org.jspecify.annotations.NullMarked;
