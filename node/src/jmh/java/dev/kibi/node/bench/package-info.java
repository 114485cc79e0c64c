/** Measurements; run with the Maven profile {@code bench}, see {@link dev.kibi.node.bench.CommandBenchmark}. */
@NullMarked
package dev.kibi.node.bench;

import org.jspecify.annotations.NullMarked;
