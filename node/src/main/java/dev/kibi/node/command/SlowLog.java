package dev.kibi.node.command;

import dev.kibi.node.resp.Args;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last commands that took longer than a threshold. One instance per lane. */
public final class SlowLog {
  private static final int ARGUMENTS = 32;
  private static final int ARGUMENT_BYTES = 128;

  /** One slow command; long argument lists and arguments are cut, and say so. */
  public record Entry(
      long id, long atSeconds, long micros, List<String> arguments, String address, String name) {
    public Entry {
      arguments = List.copyOf(arguments);
    }
  }

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long thresholdNanos = Long.MAX_VALUE;
  private long lengthMax;
  private long nextId;

  /** Follows {@code slowlog-log-slower-than} (µs, negative = never) and {@code slowlog-max-len}. */
  void follow(LiveConfig config) {
    config.onChange(
        "slowlog-log-slower-than",
        text -> {
          long micros = Long.parseLong(text);
          thresholdNanos =
              micros < 0 || micros > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : micros * 1000;
        });
    config.onChange(
        "slowlog-max-len",
        text -> {
          lengthMax = Long.parseLong(text);
          trim();
        });
  }

  boolean isSlow(long nanos) {
    return nanos >= thresholdNanos;
  }

  void add(Session session, Args args, long nowMs, long nanos) {
    entries.addFirst(
        new Entry(
            nextId++,
            nowMs / 1000,
            nanos / 1000,
            arguments(args),
            session.address(),
            session.name()));
    trim();
  }

  /** The newest first. */
  public Deque<Entry> entries() {
    return entries;
  }

  public void clear() {
    entries.clear();
  }

  private void trim() {
    while (entries.size() > lengthMax) {
      entries.removeLast();
    }
  }

  private static List<String> arguments(Args args) {
    List<String> texts = new ArrayList<>();
    int shown = args.count() > ARGUMENTS ? ARGUMENTS - 1 : args.count();
    for (int i = 0; i < shown; i++) {
      String text = args.text(i);
      texts.add(
          text.length() <= ARGUMENT_BYTES
              ? text
              : text.substring(0, ARGUMENT_BYTES)
                  + "... ("
                  + (text.length() - ARGUMENT_BYTES)
                  + " more bytes)");
    }
    if (shown < args.count()) {
      texts.add("... (" + (args.count() - shown) + " more arguments)");
    }
    return texts;
  }
}
