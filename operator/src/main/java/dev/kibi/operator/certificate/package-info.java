/**
 * The certificates of a cluster's peer links as pure rules: what the Secrets hold, what they should
 * hold at a moment, and when to look again. Who makes keys and who writes Secrets is elsewhere.
 */
@NullMarked
package dev.kibi.operator.certificate;

import org.jspecify.annotations.NullMarked;
