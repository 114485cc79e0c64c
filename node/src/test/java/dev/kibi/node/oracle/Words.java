package dev.kibi.node.oracle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kibi.node.resp.Args;
import dev.kibi.node.resp.RespReader;
import java.util.ArrayList;
import java.util.List;

/** A line as a person types it, split by our own inline reader, which has tests of its own. */
final class Words {
  private Words() {}

  static List<String> of(String line) {
    byte[] bytes = (line + "\r\n").getBytes(ISO_8859_1);
    Args args = new Args();
    if (new RespReader().read(bytes, 0, bytes.length, args) != bytes.length) {
      throw new IllegalArgumentException("line: " + line + " (expected: one command)");
    }
    List<String> words = new ArrayList<>();
    for (int i = 0; i < args.count(); i++) {
      words.add(args.text(i));
    }
    return words;
  }
}
