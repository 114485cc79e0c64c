package dev.kibi.operator.diagnosis;

/** An object whose Events may say what its status does not. */
public record Subject(String kind, String name) implements Comparable<Subject> {

  @Override
  public int compareTo(Subject other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : name.compareTo(other.name);
  }
}
