package dev.kibi.node.store;

import java.util.SplittableRandom;

/** Changes a keyspace at random: every kind of change, on few keys, so that they meet. */
final class RandomCommands {

  private final TestKeyspace target;
  private final SplittableRandom random;
  private final String prefix;
  private final int keys;

  /** Keys are named {@code prefix} and a number below {@code keys}. */
  RandomCommands(TestKeyspace target, long seed, String prefix, int keys) {
    this.target = target;
    this.random = new SplittableRandom(seed);
    this.prefix = prefix;
    this.keys = keys;
  }

  /** Runs one command, and commits it. */
  void step() {
    String key = name();
    try {
      change(key);
    } catch (WrongKindException e) {
      target.delete(key);
    }
    target.at(target.now + random.nextInt(20));
  }

  private void change(String key) {
    switch (random.nextInt(13)) {
      case 0 -> target.set(key, value(30));
      case 1 -> target.set(key, value(100), expiry());
      case 2 -> target.set(key, Long.toString(random.nextLong()));
      case 3 -> target.keys.putFloat(target.key(key), TestKeyspace.bytes("1.5"), 0, 3);
      case 4 -> target.splice(key, random.nextInt(60), value(20));
      case 5 -> target.hset(key, value(2), value(20));
      case 6 -> {
        for (int i = random.nextInt(40); i >= 0; i--) {
          target.hset(key, value(3), value(70));
        }
      }
      case 7 -> {
        for (int i = 0; i < 600; i++) {
          target.hset(key, "field" + i, "v");
        }
      }
      case 8 -> {
        for (int i = 0; i < 10; i++) {
          target.hdel(key, value(2));
        }
      }
      case 9 -> target.delete(key);
      case 10 ->
          target.keys.expireAt(
              target.key(key), random.nextBoolean() ? expiry() : Keyspace.NO_EXPIRY);
      case 11 -> target.keys.rename(target.key(key), target.otherKey(name()));
      default -> target.keys.copy(target.key(key), target.otherKey(name()));
    }
  }

  private String name() {
    return prefix + random.nextInt(keys);
  }

  private long expiry() {
    return target.now + random.nextInt(2000);
  }

  private String value(int longest) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      text.append((char) ('a' + random.nextInt(3)));
    }
    return text.toString();
  }
}
