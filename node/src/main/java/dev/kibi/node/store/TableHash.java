package dev.kibi.node.store;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A hash of many or long fields: a {@link NodeTable}. It never goes back to the packed form, as in
 * Redis.
 */
final class TableHash extends HashData {

  private static final int OBJECT_BYTES =
      HeapSize.object(1, 2 * Long.BYTES) + HeapSize.object(1, Integer.BYTES);

  private final NodeTable<Field> fields = new NodeTable<>();
  private final long seed;
  private long fieldBytes;

  TableHash(long seed) {
    this.seed = seed;
  }

  private static final class Field extends Node {

    private static final int OBJECT_BYTES = HeapSize.object(3, Integer.BYTES);

    private byte[] value;

    Field(byte[] name, int hash, byte[] value) {
      super(name, hash);
      this.value = value;
    }

    long heapBytes() {
      return OBJECT_BYTES + HeapSize.bytes(key) + HeapSize.bytes(value);
    }
  }

  @Override
  boolean put(byte[] name, int nameAt, int nameLength, byte[] value, int valueAt, int valueLength) {
    int hash = SeededHash.of(name, nameAt, nameLength, seed);
    Field field = fields.find(name, nameAt, nameLength, hash);
    byte[] bytes = Arrays.copyOfRange(value, valueAt, valueAt + valueLength);
    if (field != null) {
      fieldBytes += HeapSize.bytes(bytes) - HeapSize.bytes(field.value);
      field.value = bytes;
      return false;
    }
    Field added = new Field(Arrays.copyOfRange(name, nameAt, nameAt + nameLength), hash, bytes);
    fields.add(added);
    fieldBytes += added.heapBytes();
    return true;
  }

  @Override
  boolean remove(byte[] name, int nameAt, int nameLength) {
    Field field =
        fields.find(name, nameAt, nameLength, SeededHash.of(name, nameAt, nameLength, seed));
    if (field == null) {
      return false;
    }
    fields.remove(field);
    fieldBytes -= field.heapBytes();
    return true;
  }

  /** A table with the fields of another hash. */
  static TableHash of(HashData other, long seed) {
    TableHash table = new TableHash(seed);
    other.forEach((name, value) ->
        table.put(name.toBytes(), 0, name.length(), value.toBytes(), 0, value.length()));
    return table;
  }

  @Override
  public TableHash copy() {
    return of(this, seed);
  }

  @Override
  public String encoding() {
    return "hashtable";
  }

  @Override
  public boolean isPacked() {
    return false;
  }

  @Override
  public long heapBytes() {
    return OBJECT_BYTES + fields.heapBytes() + fieldBytes;
  }

  @Override
  public int size() {
    return fields.size();
  }

  @Override
  public @Nullable ByteView get(byte[] buffer, int offset, int length) {
    Field field = fields.find(buffer, offset, length, SeededHash.of(buffer, offset, length, seed));
    return field == null ? null : new ArrayView().show(field.value);
  }

  @Override
  public void forEach(FieldVisitor visitor) {
    scan(0, Integer.MAX_VALUE, visitor);
  }

  /**
   * The cursor is the hash to go on from; 0 can not be one, as a walk that stops has passed a
   * smaller hash.
   */
  @Override
  public long scan(long cursor, int count, FieldVisitor visitor) {
    if (cursor < 0 || cursor >= SeededHash.END) {
      return 0;
    }
    ArrayView name = new ArrayView();
    ArrayView value = new ArrayView();
    int next =
        fields.walk(
            (int) cursor,
            count,
            field -> visitor.field(name.show(field.key), value.show(field.value)));
    return next == SeededHash.END ? 0 : next;
  }

  @Override
  public void random(RandomGenerator random, FieldVisitor visitor) {
    Field field = fields.random(random);
    if (field != null) {
      visitor.field(new ArrayView().show(field.key), new ArrayView().show(field.value));
    }
  }
}
