@NullMarked
package dev.kibi.operator.diagnosis;

import org.jspecify.annotations.NullMarked;
