@NullMarked
package dev.kibi.operator.plan;

import org.jspecify.annotations.NullMarked;
