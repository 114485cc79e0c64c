package dev.kibi.e2e.fuzz;

import java.util.List;

/**
 * Something that reads bytes from outside: what it reads, and how it may refuse what it does not.
 *
 * @param samples bytes that it reads
 * @param lengthFirst whether the first four bytes say how many follow
 * @param refusal the one exception that says "these bytes are not valid"
 * @param bytesMax what it may allocate beyond a multiple of what it is given
 */
record Decoder(
    String name,
    List<byte[]> samples,
    boolean lengthFirst,
    Class<? extends Exception> refusal,
    long bytesMax,
    Reader reader) {

  /** Memory for what stands in the input: a topology of few bytes has a map of all slots. */
  private static final long BYTES_PER_INPUT_BYTE = 1024;

  /** Reads all of some bytes. */
  interface Reader {
    void read(byte[] bytes) throws Exception;
  }

  /** What it may allocate while it reads an input. */
  long allocationMax(int inputBytes) {
    return bytesMax + BYTES_PER_INPUT_BYTE * inputBytes;
  }
}
