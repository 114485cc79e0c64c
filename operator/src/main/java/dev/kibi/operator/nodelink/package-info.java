/** Control links to the nodes: reports in, topology and orders out. */
@NullMarked
package dev.kibi.operator.nodelink;

import org.jspecify.annotations.NullMarked;
