package dev.kibi.node.command;

/**
 * What a command does to a key; the first four are access to the object, the next four to the
 * user's data.
 */
public enum KeyFlag {
  RO("RO"),
  RW("RW"),
  OW("OW"),
  RM("RM"),
  ACCESS("access"),
  UPDATE("update"),
  INSERT("insert"),
  DELETE("delete"),
  NOT_KEY("not_key"),
  INCOMPLETE("incomplete"),
  VARIABLE_FLAGS("variable_flags");

  private final String text;

  KeyFlag(String text) {
    this.text = text;
  }

  /** The name clients see. */
  public String text() {
    return text;
  }
}
