package dev.kibi.operator.plan;

/** Something that is owed and does not happen now, and why. */
public record Hold(Reason reason, String message) {}
