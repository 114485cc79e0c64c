/** Architecture rules in a form that every module can check itself against. */
@NullMarked
package dev.kibi.arch;

import org.jspecify.annotations.NullMarked;
