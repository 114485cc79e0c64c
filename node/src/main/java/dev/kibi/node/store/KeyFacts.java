package dev.kibi.node.store;

/**
 * What OBJECT and MEMORY USAGE tell about a key. Looking at it is no use of the key.
 *
 * @param encoding the name Redis 7.0 would give its encoding
 * @param idleSeconds since its last use; meaningless under an LFU policy
 * @param frequency the LFU counter; meaningless under other policies
 * @param bytes of heap, an estimate
 */
public record KeyFacts(String encoding, int idleSeconds, int frequency, long bytes) {}
