/**
 * Process chaos: real JVMs on this machine, one fault after another chosen by a seed, clients that
 * take down what they were promised, and a verdict after every cycle.
 *
 * <p>{@link dev.kibi.e2e.chaos.Chaos} is the program; {@link dev.kibi.e2e.chaos.FaultPlan} chooses,
 * {@link dev.kibi.e2e.chaos.Fault} names what can happen, {@link dev.kibi.e2e.chaos.Scene} makes it
 * happen, {@link dev.kibi.e2e.process.Ledger} judges.
 */
@NullMarked
package dev.kibi.e2e.chaos;

import org.jspecify.annotations.NullMarked;
