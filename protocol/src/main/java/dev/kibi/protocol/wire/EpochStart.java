package dev.kibi.protocol.wire;

/** One entry of a log's history: the log of {@code epoch} begins at {@code lsn}. */
public record EpochStart(long epoch, long lsn) {}
