/** The reconciler: observe, validate, apply, plan, one step, status. */
@NullMarked
package dev.kibi.operator.controller;

import org.jspecify.annotations.NullMarked;
