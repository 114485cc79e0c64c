/** What the Helm charts render and refuse; nothing here needs a cluster. */
@NullMarked
package dev.kibi.e2e.chart;

import org.jspecify.annotations.NullMarked;
