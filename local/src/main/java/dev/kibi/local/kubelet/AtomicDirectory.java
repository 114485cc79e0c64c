package dev.kibi.local.kubelet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose files change all at once, in the way of a kubelet: each file is a link into
 * {@code ..data}, which is a link to a directory of one generation.
 *
 * <pre>
 * tls.crt  -> ..data/tls.crt
 * ..data   -> ..7
 * ..7/tls.crt
 * </pre>
 */
public final class AtomicDirectory {
  private static final String DATA = "..data";
  private static final String DRAFT = "..data_tmp";
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private AtomicDirectory() {}

  /** Makes the files those of {@code data}, whose values are in base64. */
  static void write(Path directory, Map<String, String> data) throws IOException {
    Files.createDirectories(directory, OWNER_ONLY);
    Path before = generation(directory);
    Path next = Files.createTempDirectory(directory, "..", OWNER_ONLY);
    for (Map.Entry<String, String> file : data.entrySet()) {
      Files.write(next.resolve(file.getKey()), Base64.getDecoder().decode(file.getValue()));
    }
    Files.deleteIfExists(directory.resolve(DRAFT));
    Files.createSymbolicLink(directory.resolve(DRAFT), next.getFileName());
    Files.move(directory.resolve(DRAFT), directory.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
    for (String name : data.keySet()) {
      if (!Files.isSymbolicLink(directory.resolve(name))) {
        Files.createSymbolicLink(directory.resolve(name), Path.of(DATA, name));
      }
    }
    if (before != null) {
      delete(before);
    }
  }

  private static @Nullable Path generation(Path directory) throws IOException {
    Path data = directory.resolve(DATA);
    return Files.isSymbolicLink(data) ? directory.resolve(Files.readSymbolicLink(data)) : null;
  }

  /** Removes a directory with all that is in it, if it is there. */
  public static void delete(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    }
  }
}
