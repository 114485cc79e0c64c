package dev.kibi.operator.certificate;

import dev.kibi.protocol.peer.PeerRole;

/** One change of what the Secrets hold. */
sealed interface Step {

  /** A new authority joins those that are believed; it signs once it has settled. */
  record NewAuthority() implements Step {}

  /** A certificate is made anew. */
  record Renew(PeerRole role, Authority signer) implements Step {}

  /** The authority that was taken over from is believed no more. */
  record DropPrevious() implements Step {}
}
