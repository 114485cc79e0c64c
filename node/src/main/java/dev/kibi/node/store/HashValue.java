package dev.kibi.node.store;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A hash as commands read it: fields and their values. It is never empty. */
public interface HashValue {

  /** Is shown one field; both views are valid only during the call. */
  @FunctionalInterface
  interface FieldVisitor {
    void field(ByteView name, ByteView value);
  }

  /** How many fields. */
  int size();

  /** The value of the field named {@code buffer[offset, offset + length)}, or null. */
  @Nullable ByteView get(byte[] buffer, int offset, int length);

  /**
   * Visits every field: in order of insertion while the hash is small, in the order of {@link
   * #scan} otherwise.
   */
  void forEach(FieldVisitor visitor);

  /**
   * Visits about {@code count} fields from a cursor on and returns the next cursor, 0 at the end. A
   * field that is there during the whole scan is visited. Small hashes are visited as a whole.
   */
  long scan(long cursor, int count, FieldVisitor visitor);

  /** Visits one field by chance, nearly fair. */
  void random(RandomGenerator random, FieldVisitor visitor);

  /** Whether the hash is small enough that it is kept, and dumped, as one packed run of bytes. */
  boolean isPacked();
}
