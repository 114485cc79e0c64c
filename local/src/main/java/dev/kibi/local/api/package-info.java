/**
 * The embedded API server: what kubectl and Kubernetes clients need of the Kubernetes API, over
 * HTTP.
 */
@NullMarked
package dev.kibi.local.api;

import org.jspecify.annotations.NullMarked;
