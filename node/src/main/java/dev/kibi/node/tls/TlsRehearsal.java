package dev.kibi.node.tls;

import dev.kibi.protocol.peer.PeerHandshake;
import dev.kibi.protocol.peer.PeerIdentity;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shakes hands with itself and encrypts some megabytes for nobody.
 *
 * <p>Until the JVM has compiled AES-GCM to the processor's own instructions it encrypts a megabyte
 * in a second, not in two milliseconds. On an event loop that would be a master that is silent
 * while it sends its first snapshot; here nobody waits. A training run of an ahead-of-time cache
 * learns the same.
 */
public final class TlsRehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(TlsRehearsal.class);

  /** Many and short: compilers count calls, not bytes. */
  private static final int RECORDS = 20_000;

  private static final int RECORD_BYTES = 512;
  private static final int STEPS_MAX = 100;
  private static final int WIRE_PACKETS = 4;

  private final SSLEngine client;
  private final SSLEngine server;
  private final ByteBuffer toServer;
  private final ByteBuffer toClient;
  private final ByteBuffer received;

  private TlsRehearsal(SSLContext context) {
    client = context.createSSLEngine();
    client.setUseClientMode(true);
    server = context.createSSLEngine();
    server.setUseClientMode(false);
    server.setNeedClientAuth(true);
    int packet = client.getSession().getPacketBufferSize();
    toServer = ByteBuffer.allocate(WIRE_PACKETS * packet);
    toClient = ByteBuffer.allocate(WIRE_PACKETS * packet);
    received = ByteBuffer.allocate(client.getSession().getApplicationBufferSize());
  }

  /** Begins on a thread of its own, and ends by itself. */
  public static void begin(PeerIdentity identity) {
    Thread.ofPlatform().daemon().name("tls-rehearsal").start(() -> run(identity));
  }

  /** Does it now; whether it came to its end. */
  static boolean run(PeerIdentity identity) {
    try {
      TlsRehearsal rehearsal = new TlsRehearsal(PeerHandshake.context(identity));
      rehearsal.shakeHands();
      rehearsal.talk();
      return true;
    } catch (SSLException e) {
      LOG.warn("no rehearsal of TLS: {}", e.getMessage()); // links will say more
      return false;
    }
  }

  private void shakeHands() throws SSLException {
    client.beginHandshake();
    server.beginHandshake();
    for (int step = 0; step < STEPS_MAX && !(isDone(client) && isDone(server)); step++) {
      pass(client, server, ByteBuffer.allocate(0), toServer);
      pass(server, client, ByteBuffer.allocate(0), toClient);
    }
    if (!isDone(client) || !isDone(server)) {
      throw new SSLException("handshake: not done (expected: in " + STEPS_MAX + " steps)");
    }
  }

  private void talk() throws SSLException {
    byte[] data = new byte[RECORD_BYTES];
    for (int record = 0; record < RECORDS; record++) {
      pass(client, server, ByteBuffer.wrap(data), toServer);
      pass(server, client, ByteBuffer.wrap(data), toClient);
    }
  }

  private static boolean isDone(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }

  /** What one has to say, the other hears, unless it has to speak first. */
  private void pass(SSLEngine from, SSLEngine to, ByteBuffer data, ByteBuffer wire)
      throws SSLException {
    runTasks(from);
    do {
      requireOpen(from.wrap(data, wire));
      runTasks(from);
    } while (from.getHandshakeStatus() == HandshakeStatus.NEED_WRAP || data.hasRemaining());
    wire.flip();
    for (boolean hears = true; hears && wire.hasRemaining(); ) {
      received.clear();
      SSLEngineResult heard = to.unwrap(wire, received);
      requireOpen(heard);
      runTasks(to);
      hears = heard.bytesConsumed() > 0;
    }
    wire.compact();
  }

  private static void requireOpen(SSLEngineResult result) throws SSLException {
    if (result.getStatus() != SSLEngineResult.Status.OK) {
      throw new SSLException("rehearsal: " + result.getStatus() + " (expected: OK)");
    }
  }

  private static void runTasks(SSLEngine engine) {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }
}
