/**
 * The command layer: the one table of commands, the dispatcher that decides whether a command may
 * run here, and what a running command sees. Handlers live in one package per family.
 */
@NullMarked
package dev.kibi.node.command;

import org.jspecify.annotations.NullMarked;
