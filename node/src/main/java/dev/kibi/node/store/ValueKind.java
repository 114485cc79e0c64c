package dev.kibi.node.store;

/** The kinds of value a key can hold. */
public enum ValueKind {
  STRING("string"),
  HASH("hash");

  private final String typeName;

  ValueKind(String typeName) {
    this.typeName = typeName;
  }

  /** The name the TYPE command gives. */
  public String typeName() {
    return typeName;
  }
}
