package dev.kibi.local.api.schema;

/** How a field is named in messages. */
final class Paths {
  private Paths() {}

  static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
