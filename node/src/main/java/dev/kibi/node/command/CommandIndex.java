package dev.kibi.node.command;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a command by the bytes of its name, in any case, without making a string.
 *
 * <p>The hash is one multiplication of the name's first eight bytes, loaded as one word; the case
 * bit is masked away, which may make different names collide but never equal names differ. The name
 * itself is compared exactly.
 */
final class CommandIndex {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long UPPER = 0xdfdf_dfdf_dfdf_dfdfL;
  private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

  private final CommandSpec[] places;
  private final int shift;

  CommandIndex(List<CommandSpec> commands) {
    int bits = Math.max(2, 34 - Integer.numberOfLeadingZeros(commands.size()));
    places = new CommandSpec[1 << bits];
    shift = 64 - bits;
    for (CommandSpec command : commands) {
      byte[] name = command.nameBytes();
      int at = hash(name, 0, name.length);
      while (places[at] != null) {
        if (places[at].name().equals(command.name())) {
          throw new IllegalArgumentException(
              "command: " + command.name() + " twice (expected: once)");
        }
        at = (at + 1) & (places.length - 1);
      }
      places[at] = command;
    }
  }

  @Nullable CommandSpec find(byte[] bytes, int offset, int length) {
    int at = hash(bytes, offset, length);
    while (true) {
      CommandSpec place = places[at];
      if (place == null || matches(place.nameBytes(), bytes, offset, length)) {
        return place;
      }
      at = (at + 1) & (places.length - 1);
    }
  }

  private int hash(byte[] bytes, int offset, int length) {
    long word;
    if (offset + 8 <= bytes.length) {
      word = (long) WORD.get(bytes, offset);
      if (length < 8) {
        word &= (1L << (8 * length)) - 1;
      }
    } else {
      word = 0;
      for (int i = Math.min(length, 8) - 1; i >= 0; i--) {
        word = word << 8 | (bytes[offset + i] & 0xff);
      }
    }
    return (int) ((((word & UPPER) + length) * MIX) >>> shift);
  }

  private static boolean matches(byte[] name, byte[] bytes, int offset, int length) {
    if (name.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      int b = bytes[offset + i];
      if (b >= 'a' && b <= 'z') {
        b -= 32;
      }
      if (b != name[i]) {
        return false;
      }
    }
    return true;
  }
}
