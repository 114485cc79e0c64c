package dev.kibi.crds.authority;

/** What is known of a compare-and-set that was answered. */
public sealed interface CasOutcome {

  /** It is stored, by this call or by an earlier one of the same operation. */
  record Applied(StoredTopology stored) implements CasOutcome {}

  /**
   * Another version is stored than the expected one. An earlier call of the same operation may have
   * been applied and overwritten since: guards are worked out anew on the content.
   */
  record Conflict(StoredTopology current) implements CasOutcome {}

  /** It would break a rule of topologies; not stored, and never will be. */
  record Refused(String reason) implements CasOutcome {}
}
