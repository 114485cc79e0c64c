package dev.kibi.local.api.store;

import java.util.Comparator;

/** Names one object. A cluster-scoped object has the namespace {@code ""}. */
public record Key(String group, String plural, String namespace, String name)
    implements Comparable<Key> {

  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::group)
          .thenComparing(Key::plural)
          .thenComparing(Key::namespace)
          .thenComparing(Key::name);

  @Override
  public int compareTo(Key other) {
    return ORDER.compare(this, other);
  }
}
