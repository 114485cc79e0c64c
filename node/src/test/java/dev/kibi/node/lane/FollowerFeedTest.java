package dev.kibi.node.lane;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.node.shard.ReplicationLog;
import dev.kibi.node.store.Keyspace;
import dev.kibi.node.store.SlotStore;
import dev.kibi.protocol.peer.PeerRole;
import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.wire.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A copy of a store while it changes, over a link that takes one piece of an image at a time. */
class FollowerFeedTest {
  private static final byte[] KEY = "key".getBytes(US_ASCII);
  private static final int VALUE_BYTES = 1 << 20;
  private static final int TURNS_MAX = 100;

  private final SlotStore store = new SlotStore(7);
  private final ReplicationLog log = new ReplicationLog(8 << 20);
  private final Keyspace master = new Keyspace(store, log, new SplittableRandom(1));
  private final SlotStore copy = new SlotStore(8);
  private final EffectStream images = new EffectStream(copy);
  private final EffectStream effects = new EffectStream(copy);
  private final Link link = new Link();
  private FollowerFeed feed;

  /** Gives the follower at once what it is sent. */
  private final class Link implements PeerChannel {
    private final List<Integer> pieces = new ArrayList<>();
    private boolean hadImage;

    @Override
    public void send(Frame frame) {
      switch (frame) {
        case Frame.Image image -> {
          hadImage = true;
          pieces.add(image.effects().remaining());
          images.feed(bytes(image.effects()));
        }
        case Frame.Append append -> effects.feed(bytes(append.effects()));
        default -> {}
      }
    }

    private static byte[] bytes(ByteBuffer content) {
      byte[] bytes = new byte[content.remaining()];
      content.get(bytes);
      return bytes;
    }

    @Override
    public boolean writable() {
      return true;
    }

    @Override
    public boolean takesImages() {
      return !hadImage;
    }

    @Override
    public void close() {}

    @Override
    public boolean mayBe(PeerRole role) {
      return true;
    }

    @Override
    public String remote() {
      return "follower";
    }
  }

  @BeforeEach
  void aLargeValue() {
    log.beginEpoch(1);
    put(0, "v".repeat(VALUE_BYTES));
    feed = new FollowerFeed(new NodeId("follower", "1"), 1, link, log, store, 0);
    feed.beginSnapshot();
  }

  @Test
  void whatChangesALargeValueDoesNotOvertakeItsImage() throws Exception {
    int turns = 0;
    for (boolean done = false; !done; turns++) {
      put(turns, "changed");
      link.hadImage = false;
      done = feed.pump(log.end(), 0);
      assertThat(turns).isLessThan(TURNS_MAX);
    }
    assertThat(turns).as("it did not go in one piece").isGreaterThan(4);
    assertThat(valueIn(copy)).isEqualTo(valueIn(store));
  }

  @Test
  void aLargeValueGoesInPiecesOfBoundedSize() throws Exception {
    for (boolean done = false; !done; ) {
      link.hadImage = false;
      done = feed.pump(log.end(), 0);
    }
    assertThat(link.pieces).allMatch(size -> size <= 256 * 1024);
    assertThat(valueIn(copy)).isEqualTo(valueIn(store));
  }

  private void put(int position, String value) {
    master.begin(1);
    master.splice(
        master.key(KEY, 0, KEY.length), position, value.getBytes(US_ASCII), 0, value.length());
    master.commit();
  }

  private static String valueIn(SlotStore of) {
    Keyspace keys = new Keyspace(of, new ReplicationLog(1 << 20), new SplittableRandom(1));
    keys.begin(1);
    return new String(
        Objects.requireNonNull(keys.string(keys.key(KEY, 0, KEY.length))).toBytes(), US_ASCII);
  }
}
