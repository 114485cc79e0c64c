/** The command line of the Kubernetes for tests, where no cluster is up. */
@NullMarked
package dev.kibi.e2e.kube;

import org.jspecify.annotations.NullMarked;
