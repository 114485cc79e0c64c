package dev.kibi.node.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.kibi.protocol.peer.PeerIdentity;
import dev.kibi.protocol.peer.PeerRole;
import dev.kibi.protocol.peer.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerCertificatesTest {
  private static final String UID = "uid";

  @TempDir private Path directory;
  private final TestAuthority authority = new TestAuthority();
  private final PeerIdentity first = authority.identity(UID, PeerRole.NODE);
  private final PeerIdentity second = authority.identity(UID, PeerRole.NODE);
  private final List<PeerIdentity> told = new ArrayList<>();

  @Test
  void aSwappedGenerationIsReadOnce() throws IOException {
    swap("1", first);
    PeerCertificates certificates = PeerCertificates.read(directory, UID);
    assertThat(certificates.current().certificate()).isEqualTo(first.certificate());
    certificates.look(told::add);
    assertThat(told).isEmpty();

    swap("2", second);
    certificates.look(told::add);
    certificates.look(told::add);
    assertThat(told).hasSize(1);
    assertThat(certificates.current().certificate()).isEqualTo(second.certificate());
    assertThat(certificates.failures()).isZero();
  }

  @Test
  void aHalfWrittenFileLeavesWhatWasReadBefore() throws IOException {
    write(directory, first);
    PeerCertificates certificates = PeerCertificates.read(directory, UID);
    String whole = Pem.text(second.certificate());
    Files.writeString(
        directory.resolve(PeerIdentity.CERTIFICATE_FILE), whole.substring(0, whole.length() / 2));
    certificates.look(told::add);
    certificates.look(told::add);
    assertThat(told).isEmpty();
    assertThat(certificates.current().certificate()).isEqualTo(first.certificate());
    assertThat(certificates.failures()).isEqualTo(2);

    write(directory, second);
    certificates.look(told::add);
    assertThat(told).hasSize(1);
  }

  @Test
  void aCertificateWithTheKeyOfAnotherIsNotUsed() throws IOException {
    write(directory, first);
    PeerCertificates certificates = PeerCertificates.read(directory, UID);
    Files.writeString(directory.resolve(PeerIdentity.KEY_FILE), Pem.text(second.key()));
    certificates.look(told::add);
    assertThat(told).isEmpty();
    assertThat(certificates.failures()).isEqualTo(1);
  }

  @Test
  void filesThatAreGoneLeaveWhatWasReadBefore() throws IOException {
    write(directory, first);
    PeerCertificates certificates = PeerCertificates.read(directory, UID);
    Files.delete(directory.resolve(PeerIdentity.TRUSTED_FILE));
    certificates.look(told::add);
    assertThat(certificates.current().certificate()).isEqualTo(first.certificate());
    assertThat(certificates.failures()).isEqualTo(1);
  }

  @Test
  void aNodeDoesNotStartWithTheCertificatesOfAnotherClusterOrAnotherRole() throws IOException {
    write(directory, authority.identity("other", PeerRole.NODE));
    assertThatIOException()
        .isThrownBy(() -> PeerCertificates.read(directory, UID))
        .withMessageEndingWith("tls.crt: kibi://other/node (expected: kibi://uid/node)");
    write(directory, authority.identity(UID, PeerRole.OPERATOR));
    assertThatIOException()
        .isThrownBy(() -> PeerCertificates.read(directory, UID))
        .withMessageEndingWith("tls.crt: kibi://uid/operator (expected: kibi://uid/node)");
  }

  /** As a kubelet does it. */
  private void swap(String generation, PeerIdentity identity) throws IOException {
    Path files = Files.createDirectory(directory.resolve(".." + generation));
    write(files, identity);
    Path draft = Files.createSymbolicLink(directory.resolve("..data_tmp"), files.getFileName());
    Files.move(draft, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void write(Path files, PeerIdentity identity) throws IOException {
    Files.writeString(
        files.resolve(PeerIdentity.CERTIFICATE_FILE), Pem.text(identity.certificate()));
    Files.writeString(files.resolve(PeerIdentity.KEY_FILE), Pem.text(identity.key()));
    Files.writeString(
        files.resolve(PeerIdentity.TRUSTED_FILE), Pem.text(identity.trusted().getFirst()));
  }
}
