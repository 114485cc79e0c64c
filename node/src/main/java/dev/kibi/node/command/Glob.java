package dev.kibi.node.command;

/**
 * A glob pattern over bytes, matching exactly what Redis' {@code stringmatchlen} matches: {@code *
 * ? [abc] [^a-z] \x}.
 *
 * <p>Once the part behind the last star reached was found nowhere in the rest of the text, starting
 * earlier stars further on is of no use; without that cut a pattern of many stars would take
 * exponential time.
 */
public final class Glob {
  /**
   * Stars that may wait for each other: more would end in a stack overflow. Redis 7.2.6 and later
   * have the same limit.
   */
  private static final int DEEPEST = 1000;

  private final byte[] pattern;
  private final boolean ignoreCase;

  private byte[] text = {};
  private int textEnd;
  private boolean hopeless;
  private int depth;

  private Glob(byte[] pattern, boolean ignoreCase) {
    this.pattern = pattern.clone();
    this.ignoreCase = ignoreCase;
  }

  public static Glob of(byte[] pattern) {
    return new Glob(pattern, false);
  }

  /** A pattern to which {@code A} and {@code a} are the same. */
  public static Glob ignoringCase(byte[] pattern) {
    return new Glob(pattern, true);
  }

  /** Whether every text matches, so that there is no need to ask. */
  public boolean matchesAll() {
    return pattern.length == 1 && pattern[0] == '*';
  }

  /** Whether the whole text matches. Not for several threads at a time. */
  public boolean matches(byte[] bytes, int offset, int length) {
    text = bytes;
    textEnd = offset + length;
    hopeless = false;
    depth = 0;
    return matches(0, offset);
  }

  public boolean matches(byte[] bytes) {
    return matches(bytes, 0, bytes.length);
  }

  private boolean matches(int patternAt, int textAt) {
    int p = patternAt;
    int t = textAt;
    while (p < pattern.length && t < textEnd) {
      switch (pattern[p]) {
        case '*' -> {
          return matchesStar(p, t);
        }
        case '?' -> p++;
        case '[' -> {
          int end = endOfSet(p + 1);
          if (!inSet(p + 1, end, text[t])) {
            return false;
          }
          p = Math.min(end + 1, pattern.length);
        }
        default -> {
          if (pattern[p] == '\\' && p + 1 < pattern.length) {
            p++;
          }
          if (!same(pattern[p], text[t])) {
            return false;
          }
          p++;
        }
      }
      t++;
      if (t == textEnd) {
        p = behindStars(p);
      }
    }
    return p == pattern.length && t == textEnd;
  }

  private boolean matchesStar(int star, int textAt) {
    int p = behindStars(star);
    if (p == pattern.length) {
      return true;
    }
    if (depth == DEEPEST) {
      hopeless = true;
      return false;
    }
    depth++;
    for (int t = textAt; t < textEnd && !hopeless; t++) {
      if (matches(p, t)) {
        return true;
      }
    }
    depth--;
    hopeless = true;
    return false;
  }

  private int behindStars(int from) {
    int p = from;
    while (p < pattern.length && pattern[p] == '*') {
      p++;
    }
    return p;
  }

  /** The place of the closing bracket, or the pattern's end when it is missing. */
  private int endOfSet(int from) {
    int p = from < pattern.length && pattern[from] == '^' ? from + 1 : from;
    while (p < pattern.length && pattern[p] != ']') {
      if (pattern[p] == '\\' && p + 1 < pattern.length) {
        p += 2;
      } else if (p + 2 < pattern.length && pattern[p + 1] == '-') {
        p += 3;
      } else {
        p++;
      }
    }
    return p;
  }

  private boolean inSet(int from, int end, byte b) {
    boolean negated = from < end && pattern[from] == '^';
    int p = negated ? from + 1 : from;
    boolean found = false;
    while (p < end) {
      if (pattern[p] == '\\' && p + 1 < pattern.length) {
        found |= pattern[p + 1] == b;
        p += 2;
      } else if (p + 2 < pattern.length && pattern[p + 1] == '-') {
        found |= inRange(fold(pattern[p]), fold(pattern[p + 2]), fold(b));
        p += 3;
      } else {
        found |= same(pattern[p], b);
        p++;
      }
    }
    return found != negated;
  }

  /** Bytes are compared as signed ones, as C's {@code char} is on the machines Redis runs on. */
  private static boolean inRange(int one, int other, int b) {
    return b >= Math.min(one, other) && b <= Math.max(one, other);
  }

  private boolean same(byte a, byte b) {
    return a == b || fold(a) == fold(b);
  }

  private int fold(byte b) {
    return ignoreCase && b >= 'A' && b <= 'Z' ? b + 32 : b;
  }
}
