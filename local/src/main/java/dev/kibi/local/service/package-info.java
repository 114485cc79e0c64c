/** Gives Services an address and forwards its connections to ready pods. */
@NullMarked
package dev.kibi.local.service;

import org.jspecify.annotations.NullMarked;
