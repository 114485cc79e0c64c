package dev.kibi.node.tls;

import dev.kibi.protocol.peer.PeerIdentity;
import dev.kibi.protocol.peer.PeerIdentityException;
import dev.kibi.protocol.peer.PeerName;
import dev.kibi.protocol.peer.PeerRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node proves itself with: read at the start, and again whenever the files have changed.
 * Files that cannot be used leave what was read before, are said once, and are counted at each
 * look.
 */
public final class PeerCertificates {
  private static final Logger LOG = LoggerFactory.getLogger(PeerCertificates.class);

  private final CertificateFiles files;
  private final PeerName name;
  private final LongAdder failures = new LongAdder();
  private CertificateFiles.Texts seen;
  private @Nullable String said;
  private volatile PeerIdentity current;

  private PeerCertificates(
      CertificateFiles files, PeerName name, CertificateFiles.Texts seen, PeerIdentity current) {
    this.files = files;
    this.name = name;
    this.seen = seen;
    this.current = current;
  }

  /**
   * Reads the certificates of a node of a cluster.
   *
   * @throws IOException when they cannot be used; the message says why
   */
  public static PeerCertificates read(Path directory, String clusterUid) throws IOException {
    CertificateFiles files = new CertificateFiles(directory);
    PeerName name = new PeerName(clusterUid, PeerRole.NODE);
    CertificateFiles.Texts texts = files.read();
    try {
      return new PeerCertificates(files, name, texts, texts.identity(name));
    } catch (PeerIdentityException e) {
      throw new IOException(directory + ": " + e.getMessage(), e);
    }
  }

  public PeerIdentity current() {
    return current;
  }

  /** How many looks found files that cannot be used. */
  public long failures() {
    return failures.sum();
  }

  /** Looks at the files; {@code changed} is told of what they are now, if that is something new. */
  public synchronized void look(Consumer<PeerIdentity> changed) {
    try {
      CertificateFiles.Texts texts = files.read();
      if (!texts.equals(seen)) {
        PeerIdentity next = texts.identity(name);
        seen = texts;
        current = next;
        LOG.info("certificates of peer links read anew: {}", next);
        changed.accept(next);
      }
      said = null;
    } catch (IOException | PeerIdentityException e) {
      failures.increment();
      String why = String.valueOf(e.getMessage());
      if (!why.equals(said)) {
        said = why;
        LOG.warn("certificates of peer links in {}: {}; the ones before stay", files, why);
      }
    }
  }
}
