package dev.kibi.operator.certificate;

import dev.kibi.protocol.peer.PeerName;

/** Makes keys and certificates. */
public interface Issuer {

  Authority authority(String clusterUid, Validity validity);

  Leaf leaf(PeerName name, Authority signer, Validity validity);
}
