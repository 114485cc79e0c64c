/** What controllers of Kubernetes objects share. */
@NullMarked
package dev.kibi.local.controller;

import org.jspecify.annotations.NullMarked;
