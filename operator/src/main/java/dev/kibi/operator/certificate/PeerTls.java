package dev.kibi.operator.certificate;

/**
 * Whether peer links are encrypted, and how long certificates live.
 *
 * @param required false where the network encrypts already
 */
public record PeerTls(boolean required, Lifetimes lifetimes) {}
