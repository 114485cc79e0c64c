package dev.kibi.node.tls;

import dev.kibi.protocol.peer.PeerIdentity;
import dev.kibi.protocol.peer.PeerIdentityException;
import dev.kibi.protocol.peer.PeerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory of a mounted Secret. Kubernetes swaps the link {@code ..data} when the Secret has
 * changed, so what is read through one look at that link is of one generation.
 */
final class CertificateFiles {
  private static final String GENERATION = "..data";

  private final Path directory;

  CertificateFiles(Path directory) {
    this.directory = directory;
  }

  /** The texts as they are, whatever is in them. */
  record Texts(String certificate, String key, String trusted) {

    PeerIdentity identity(PeerName name) throws PeerIdentityException {
      return PeerIdentity.read(name, certificate, key, trusted);
    }

    @Override
    public String toString() {
      return "certificate, key and authorities"; // never the key
    }
  }

  Texts read() throws IOException {
    Path link = directory.resolve(GENERATION);
    Path generation = Files.exists(link) ? link.toRealPath() : directory;
    return new Texts(
        Files.readString(generation.resolve(PeerIdentity.CERTIFICATE_FILE)),
        Files.readString(generation.resolve(PeerIdentity.KEY_FILE)),
        Files.readString(generation.resolve(PeerIdentity.TRUSTED_FILE)));
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
