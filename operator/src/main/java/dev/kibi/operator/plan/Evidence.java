package dev.kibi.operator.plan;

/** Why a node is taken for lost. */
public enum Evidence {
  POD_GONE(true, "its pod is gone"),
  RESTARTED(true, "its process was replaced by a new one"),
  REFUSED(false, "its link is closed and a new one is refused"),
  SILENT(false, "it is silent, for the operator and for a copy of its shard");

  private final boolean proof;
  private final String sentence;

  Evidence(boolean proof, String sentence) {
    this.proof = proof;
    this.sentence = sentence;
  }

  /** Whether the node is dead for certain; everything else is suspicion only. */
  public boolean isProof() {
    return proof;
  }

  /** The evidence in words, to follow a node's name. */
  public String sentence() {
    return sentence;
  }
}
