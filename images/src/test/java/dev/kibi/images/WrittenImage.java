package dev.kibi.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image as it is in its archive.
 *
 * @param digest by which a registry would know it
 * @param config how it is started
 * @param layers digests of the layers, the lowest first
 * @param files all entries of all layers, by path
 */
record WrittenImage(
    String digest, JsonNode config, List<String> layers, Map<String, TarArchiveEntry> files) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static WrittenImage read(ImageArchive.Built built) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(Files.newInputStream(built.path()))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        parts.put(entry.getName(), tar.readAllBytes());
      }
    }
    JsonNode manifest = JSON.readTree(parts.get("manifest.json")).get(0);
    Map<String, TarArchiveEntry> files = new LinkedHashMap<>();
    for (JsonNode layer : manifest.path("Layers")) {
      readLayer(parts.get(layer.asText()), files);
    }
    JsonNode config = JSON.readTree(parts.get(manifest.path("Config").asText()));
    List<String> layers = new ArrayList<>();
    config.at("/rootfs/diff_ids").forEach(digest -> layers.add(digest.asText()));
    return new WrittenImage(built.digest(), config, layers, files);
  }

  private static void readLayer(byte[] layer, Map<String, TarArchiveEntry> files)
      throws IOException {
    try (InputStream content = new GZIPInputStream(new ByteArrayInputStream(layer));
        TarArchiveInputStream tar = new TarArchiveInputStream(content)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        files.put("/" + entry.getName(), entry);
      }
    }
  }
}
