package dev.kibi.node.command.generic;

import dev.kibi.node.command.Call;
import dev.kibi.node.command.CommandError;
import dev.kibi.node.command.KeyFinder;
import dev.kibi.node.command.KeyFlag;
import dev.kibi.node.resp.Args;
import java.util.EnumSet;
import java.util.Set;

/**
 * SORT and SORT_RO, as far as there are kinds of value: lists, sets and sorted sets are not there
 * yet, so a key is either missing, and the answer empty, or of the wrong kind. All arguments are
 * checked as they will be.
 */
final class Sort {

  private static final Set<KeyFlag> SORTED = EnumSet.of(KeyFlag.RO, KeyFlag.ACCESS);
  private static final Set<KeyFlag> STORED = EnumSet.of(KeyFlag.OW, KeyFlag.UPDATE);

  private static final int NONE = 0;

  private Sort() {}

  static void sort(Call call) {
    int target = checkArguments(call, true);
    requireMissing(call);
    if (target == NONE) {
      call.reply().array(0);
    } else {
      call.keyspace().delete(call.key(target));
      call.reply().integer(0);
    }
  }

  static void sortReadOnly(Call call) {
    checkArguments(call, false);
    requireMissing(call);
    call.reply().array(0);
  }

  private static void requireMissing(Call call) {
    if (call.keyspace().exists(call.key(1))) {
      throw CommandError.wrongType();
    }
  }

  /** Checks the options and returns the argument behind the last STORE, or 0. */
  private static int checkArguments(Call call, boolean mayStore) {
    int target = NONE;
    for (int i = 2; i < call.argc(); i++) {
      int left = call.argc() - i - 1;
      if (call.is(i, "ASC") || call.is(i, "DESC") || call.is(i, "ALPHA")) {
        continue;
      }
      if (call.is(i, "LIMIT") && left >= 2) {
        call.integer(++i);
        call.integer(++i);
      } else if (mayStore && call.is(i, "STORE") && left >= 1) {
        target = ++i;
      } else if (call.is(i, "BY") && left >= 1) {
        if (call.args().text(++i).contains("*")) {
          throw CommandError.of("ERR BY option of SORT denied in Cluster mode.");
        }
      } else if (call.is(i, "GET") && left >= 1) {
        throw CommandError.of("ERR GET option of SORT denied in Cluster mode.");
      } else {
        throw CommandError.syntax();
      }
    }
    return target;
  }

  /** The key sorted, and the one behind the last STORE. */
  static void findKeys(Args args, KeyFinder.Sink sink) {
    findSortedKey(args, sink);
    int target = NONE;
    for (int i = 2; i < args.count(); i++) {
      if (args.is(i, "LIMIT")) {
        i += 2;
      } else if (args.is(i, "GET") || args.is(i, "BY")) {
        i++;
      } else if (args.is(i, "STORE") && i + 1 < args.count()) {
        target = i + 1;
      }
    }
    if (target != NONE) {
      sink.key(target, STORED);
    }
  }

  static void findSortedKey(Args args, KeyFinder.Sink sink) {
    sink.key(1, SORTED);
  }
}
