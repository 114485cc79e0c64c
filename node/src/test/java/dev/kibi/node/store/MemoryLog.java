package dev.kibi.node.store;

import java.io.ByteArrayOutputStream;

/** An effect log in memory that counts its records. */
final class MemoryLog implements EffectLog {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  int records;

  @Override
  public void append(int slot, byte[] buffer, int offset, int length) {
    bytes.write(buffer, offset, length);
    records++;
  }

  @Override
  public long end() {
    return bytes.size();
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  void clear() {
    bytes.reset();
    records = 0;
  }
}
