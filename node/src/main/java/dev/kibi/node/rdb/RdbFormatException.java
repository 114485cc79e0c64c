package dev.kibi.node.rdb;

/** Bytes that should be an RDB value are not. */
public final class RdbFormatException extends Exception {

  private static final long serialVersionUID = 1;

  RdbFormatException(String what) {
    super(what);
  }
}
