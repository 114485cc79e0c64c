package dev.kibi.local.instance;

import dev.kibi.local.kubelet.AtomicDirectory;
import dev.kibi.local.process.ProcessLedger;
import dev.kibi.local.process.ProcessRecord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an instance keeps on disk: the kubeconfig, logs, and which processes belong to it. The
 * running instance holds a lock that the operating system takes away when its process ends.
 */
public final class StateDirectory {
  private static final long MIN_FREE_BYTES = 64L << 20;

  private final Path path;

  public StateDirectory(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  public Path kubeconfig() {
    return path.resolve("kubeconfig");
  }

  public Path logs() {
    return path.resolve("logs");
  }

  /** Secrets, as files of the pods that mount them. */
  Path volumes() {
    return path.resolve("volumes");
  }

  public LogFiles logFiles() {
    return new LogFiles(logs());
  }

  ProcessLedger ledger() {
    return new ProcessLedger(path.resolve("processes"));
  }

  private Path ownerFile() {
    return path.resolve("owner");
  }

  /** Makes the directory; fails with a sentence if that, or writing much into it, is impossible. */
  public void prepare() {
    try {
      Files.createDirectories(logs());
      long free = Files.getFileStore(path).getUsableSpace();
      if (free < MIN_FREE_BYTES) {
        throw new UserException(
            "%s: %d MiB free on its disk (expected: at least %d MiB)"
                .formatted(path, free >> 20, MIN_FREE_BYTES >> 20));
      }
    } catch (IOException e) {
      throw new UserException(path + ": not writable (" + reason(e) + ")", e);
    }
  }

  /** Takes the lock until the process ends; fails with a sentence if another one has it. */
  FileLock lock() {
    FileLock lock = tryLock();
    if (lock == null) {
      String pid = owner().map(process -> " (pid " + process.pid() + ")").orElse("");
      throw new UserException(
          "an instance is already running in " + path + pid + "; end it with: kibi down");
    }
    return lock;
  }

  /** Whether an instance runs here. */
  public boolean isLocked() {
    if (!Files.exists(path.resolve("lock"))) {
      return false;
    }
    FileLock lock = tryLock();
    if (lock != null) {
      try {
        lock.channel().close();
      } catch (IOException e) {
        throw new UserException(path + ": " + reason(e), e);
      }
    }
    return lock == null;
  }

  @SuppressWarnings("resource") // The channel lives as long as the lock.
  private @Nullable FileLock tryLock() {
    try {
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
      }
      return lock;
    } catch (OverlappingFileLockException e) {
      return null;
    } catch (IOException e) {
      throw new UserException(path + ": not writable (" + reason(e) + ")", e);
    }
  }

  void writeOwner() throws IOException {
    Files.writeString(ownerFile(), ProcessRecord.of(ProcessHandle.current()).toString());
  }

  /** The process that runs the instance, if it is alive. */
  public Optional<ProcessHandle> owner() {
    try {
      return ProcessRecord.parse(Files.readString(ownerFile())).find();
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty(); // No file, or half a file: nobody has said to be the owner.
    }
  }

  /** The file lets its reader do everything, so it is for its owner only. */
  void writeKubeconfig(String content) throws IOException {
    Path draft = path.resolve("kubeconfig.new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, content);
    Files.move(draft, kubeconfig(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Forgets the instance that ended; its logs stay. */
  public void clear() throws IOException {
    Files.deleteIfExists(kubeconfig());
    Files.deleteIfExists(ownerFile());
    AtomicDirectory.delete(volumes());
  }

  /**
   * Ends the instance of this directory, whether or not the process that holds it still lives.
   * Returns false if there was nothing to end.
   */
  public boolean endInstance() throws IOException {
    Optional<ProcessHandle> owner = owner();
    if (owner.isPresent()) {
      owner.get().destroy();
      ProcessLedger.awaitOrKill(owner.get());
    }
    int leftovers = ledger().endAll();
    clear();
    return owner.isPresent() || leftovers > 0;
  }

  /** How many programs of this directory's instance run, also after it has died. */
  public int runningPrograms() {
    try {
      return ledger().running().size();
    } catch (IOException e) {
      throw new UserException(path + ": " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied";
      case NoSuchFileException missing -> "no such directory";
      case FileSystemException failed when failed.getReason() != null -> failed.getReason();
      default -> e.toString();
    };
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
