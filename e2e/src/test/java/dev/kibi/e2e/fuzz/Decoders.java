package dev.kibi.e2e.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kibi.node.rdb.DumpPayload;
import dev.kibi.node.rdb.RdbFormatException;
import dev.kibi.node.rdb.RdbValue;
import dev.kibi.node.resp.Args;
import dev.kibi.node.resp.RespProtocolException;
import dev.kibi.node.resp.RespReader;
import dev.kibi.node.store.CorruptEffectException;
import dev.kibi.node.store.EffectApplier;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.peer.PeerIdentityException;
import dev.kibi.protocol.peer.PeerName;
import dev.kibi.protocol.peer.Pem;
import dev.kibi.protocol.wire.FrameCodec;
import dev.kibi.protocol.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Everything that reads bytes from outside: frames with all they carry, the effects in them,
 * clients' requests, and the payload of RESTORE.
 */
final class Decoders {

  private static final long LITTLE = 1L << 20;

  /** A string may be as long as a client may make it: SETRANGE at the last position. */
  private static final long LONGEST_STRINGS = 4L << 30;

  private static final List<String> REQUESTS =
      List.of(
          "PING\r\n",
          "SET key \"a \\x41\\n\" EX 10\r\n",
          "SET key 'it''s'\r\n",
          "*1\r\n$4\r\nPING\r\n",
          "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$5\r\nvalue\r\n",
          "*2\r\n$3\r\nGET\r\n$0\r\n\r\n*0\r\n*-1\r\n\r\nGET key\r\n",
          "*4\r\n$4\r\nHSET\r\n$1\r\nh\r\n$1\r\nf\r\n$10\r\n0123456789\r\n",
          "*1048576\r\n$536870912\r\n",
          "$-1\r\n+OK\r\n:12\r\n");

  private Decoders() {}

  static List<Decoder> all() {
    return List.of(frames(), effects(), requests(), payloads(), certificates());
  }

  private static Decoder frames() {
    List<byte[]> samples =
        SampleFrames.all().stream().map(FrameCodec::encode).map(Decoders::of).toList();
    return new Decoder(
        "frames",
        samples,
        true,
        WireException.class,
        LITTLE,
        bytes -> {
          ByteBuffer in = ByteBuffer.wrap(bytes);
          while (FrameCodec.decode(in) != null) {
            // as many as there are
          }
        });
  }

  private static Decoder effects() {
    return new Decoder(
        "effects",
        SampleEffects.all(),
        true,
        CorruptEffectException.class,
        LONGEST_STRINGS,
        bytes -> new EffectApplier().apply(bytes, 0, bytes.length, new SlotStore(1)));
  }

  private static Decoder requests() {
    return new Decoder(
        "requests",
        REQUESTS.stream().map(text -> text.getBytes(ISO_8859_1)).toList(),
        false,
        RespProtocolException.class,
        LITTLE,
        Decoders::readRequests);
  }

  /** As a connection does: what has come so far is offered again with what comes next. */
  private static void readRequests(byte[] bytes) {
    RespReader reader = new RespReader();
    reader.authenticated(bytes.length % 2 == 0);
    Args args = new Args();
    int from = 0;
    int step = 1 + bytes.length % 7;
    for (int to = 0; to < bytes.length; ) {
      to = Math.min(bytes.length, to + step);
      for (int taken = reader.read(bytes, from, to, args);
          taken > 0;
          taken = reader.read(bytes, from, to, args)) {
        for (int i = 0; i < args.count(); i++) {
          args.copy(i);
        }
        from += taken;
      }
    }
  }

  private static Decoder payloads() {
    List<byte[]> pairs = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      pairs.add(("name" + i * i).getBytes(UTF_8));
      pairs.add(String.valueOf((long) i * i * i * i * i * i).getBytes(UTF_8));
    }
    List<RdbValue> values = new ArrayList<>();
    for (String text : List.of("", "12", "-1000", "12345678", "words", "ab".repeat(300))) {
      values.add(new RdbValue.Text(text.getBytes(UTF_8)));
    }
    values.add(new RdbValue.Hash(pairs, true));
    values.add(new RdbValue.Hash(pairs.subList(0, 6), true));
    values.add(new RdbValue.Hash(pairs, false));
    return new Decoder(
        "payloads",
        values.stream().map(DumpPayload::of).toList(),
        false,
        RdbFormatException.class,
        LITTLE,
        bytes -> {
          DumpPayload.isIntact(bytes);
          DumpPayload.value(bytes);
        });
  }

  /** What a pod mounts: a certificate, its authority's, and a key, made for this and of no use. */
  private static Decoder certificates() {
    String whole = text("/fuzz/peer.pem");
    int key = whole.indexOf("-----BEGIN PRIVATE KEY");
    return new Decoder(
        "certificates",
        List.of(whole.substring(0, key).getBytes(UTF_8), whole.substring(key).getBytes(UTF_8)),
        false,
        PeerIdentityException.class,
        LITTLE,
        bytes -> {
          String text = new String(bytes, UTF_8);
          if (text.startsWith("-----BEGIN PRIVATE")) {
            Pem.privateKey("key", text);
          } else {
            Pem.certificates("certificate", text).forEach(PeerName::of);
          }
        });
  }

  private static String text(String resource) {
    try (InputStream in = Decoders.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in, resource).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] of(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
