package dev.kibi.node.command.string;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.resp.RespWriter;
import dev.kibi.node.store.ByteView;
import dev.kibi.node.store.Keyspace;
import dev.kibi.node.store.WrongKindException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LCS: the longest common subsequence of two strings, its length, or where its parts are.
 *
 * <p>The table and the way back through it are those of Redis, since there may be several answers
 * and clients compare.
 */
final class Lcs {

  /** {@code proto-max-bulk-len} bounds the table too. */
  private static final long MOST_TABLE_BYTES = 512L << 20;

  /** Matched parts, both ends included. */
  private record Match(int aFirst, int aLast, int bFirst, int bLast) {
    int length() {
      return aLast - aFirst + 1;
    }
  }

  private record Options(boolean idx, boolean len, boolean withMatchLen, long minMatchLen) {}

  private final byte[] a;
  private final byte[] b;
  private final int[] lengths;

  private Lcs(byte[] a, byte[] b) {
    this.a = a;
    this.b = b;
    this.lengths = new int[(a.length + 1) * (b.length + 1)];
    for (int i = 1; i <= a.length; i++) {
      for (int j = 1; j <= b.length; j++) {
        lengths[at(i, j)] =
            a[i - 1] == b[j - 1]
                ? lengths[at(i - 1, j - 1)] + 1
                : Math.max(lengths[at(i - 1, j)], lengths[at(i, j - 1)]);
      }
    }
  }

  static void lcs(Call call) {
    byte[] a;
    byte[] b;
    try {
      a = bytes(call.keyspace(), call, 1);
      b = bytes(call.keyspace(), call, 2);
    } catch (WrongKindException e) {
      throw CommandError.of("ERR The specified keys must contain string values");
    }
    Options options = options(call);
    long tableBytes = (a.length + 1L) * (b.length + 1L) * Integer.BYTES;
    if (tableBytes > MOST_TABLE_BYTES) {
      throw CommandError.of(
          "ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len");
    }
    Lcs lcs = new Lcs(a, b);
    if (options.idx()) {
      lcs.replyMatches(call.reply(), options);
    } else if (options.len()) {
      call.reply().integer(lcs.length());
    } else {
      call.reply().bulk(lcs.subsequence());
    }
  }

  private static byte[] bytes(Keyspace keyspace, Call call, int argument) {
    ByteView string = keyspace.string(call.key(argument));
    return string == null ? new byte[0] : string.toBytes();
  }

  private static Options options(Call call) {
    boolean idx = false;
    boolean len = false;
    boolean withMatchLen = false;
    long minMatchLen = 0;
    for (int i = 3; i < call.argc(); i++) {
      if (call.is(i, "IDX")) {
        idx = true;
      } else if (call.is(i, "LEN")) {
        len = true;
      } else if (call.is(i, "WITHMATCHLEN")) {
        withMatchLen = true;
      } else if (call.is(i, "MINMATCHLEN") && i + 1 < call.argc()) {
        minMatchLen = Math.max(0, call.integer(++i));
      } else {
        throw CommandError.syntax();
      }
    }
    if (idx && len) {
      throw CommandError.of("ERR If you want both the length and indexes, please just use IDX.");
    }
    return new Options(idx, len, withMatchLen, minMatchLen);
  }

  private int at(int i, int j) {
    return i * (b.length + 1) + j;
  }

  private int length() {
    return lengths[lengths.length - 1];
  }

  private byte[] subsequence() {
    byte[] found = new byte[length()];
    int left = found.length;
    for (int i = a.length, j = b.length; i > 0 && j > 0; ) {
      if (a[i - 1] == b[j - 1]) {
        found[--left] = a[i - 1];
        i--;
        j--;
      } else if (lengths[at(i - 1, j)] > lengths[at(i, j - 1)]) {
        i--;
      } else {
        j--;
      }
    }
    return Arrays.copyOfRange(found, left, found.length);
  }

  private void replyMatches(RespWriter reply, Options options) {
    List<Match> matches = matches();
    matches.removeIf(match -> match.length() < options.minMatchLen());
    reply.map(2);
    reply.bulk("matches");
    reply.array(matches.size());
    for (Match match : matches) {
      reply.array(options.withMatchLen() ? 3 : 2);
      reply.array(2);
      reply.integer(match.aFirst());
      reply.integer(match.aLast());
      reply.array(2);
      reply.integer(match.bFirst());
      reply.integer(match.bLast());
      if (options.withMatchLen()) {
        reply.integer(match.length());
      }
    }
    reply.bulk("len");
    reply.integer(length());
  }

  /**
   * The matched parts, last first. As in Redis, a byte that matches but does not touch the part
   * begun before it ends that part and is itself in none.
   */
  private List<Match> matches() {
    List<Match> matches = new ArrayList<>();
    @Nullable Match open = null;
    int i = a.length;
    int j = b.length;
    while (i > 0 && j > 0) {
      boolean ends = false;
      if (a[i - 1] == b[j - 1]) {
        if (open == null) {
          open = new Match(i - 1, i - 1, j - 1, j - 1);
        } else if (open.aFirst() == i && open.bFirst() == j) {
          open = new Match(i - 1, open.aLast(), j - 1, open.bLast());
        } else {
          ends = true;
        }
        ends |= open.aFirst() == 0 || open.bFirst() == 0;
        i--;
        j--;
      } else {
        if (lengths[at(i - 1, j)] > lengths[at(i, j - 1)]) {
          i--;
        } else {
          j--;
        }
        ends = open != null;
      }
      if (ends && open != null) {
        matches.add(open);
        open = null;
      }
    }
    return matches;
  }
}
