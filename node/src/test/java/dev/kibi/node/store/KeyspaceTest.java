package dev.kibi.node.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kibi.protocol.slot.HashSlot;
import dev.kibi.protocol.slot.Slot;
import org.junit.jupiter.api.Test;

class KeyspaceTest {

  private final TestKeyspace target = new TestKeyspace(1);

  @Test
  void overwritesAValueOfAnyKindAndDropsItsExpiry() {
    target.hset("key", "field", "value");
    target.keys.expireAt(target.key("key"), target.now + 1000);
    target.set("key", "text");
    assertThat(target.get("key")).isEqualTo("text");
    assertThat(target.keys.expireAt(target.key("key"))).isEqualTo(Keyspace.NO_EXPIRY);
  }

  @Test
  void everySlotCountsAsChangedOnceThatIsPresumed() {
    target.set("key", "text");
    target.commit();
    int untouched = (Slot.ofHashSlot(HashSlot.of("key".getBytes(UTF_8))) + 1) % Slot.COUNT;
    assertThat(target.keys.lastLsn(untouched)).isZero();
    target.keys.presumeChanged();
    assertThat(target.keys.lastLsn(untouched)).isEqualTo(target.keys.logEnd()).isPositive();
  }

  @Test
  void refusesToReadOrChangeAKeyAsAnotherKind() {
    target.set("string", "text");
    target.hset("hash", "field", "value");
    assertThatThrownBy(() -> target.get("hash")).isInstanceOf(WrongKindException.class);
    assertThatThrownBy(() -> target.keys.hash(target.key("string")))
        .isInstanceOf(WrongKindException.class);
    assertThatThrownBy(() -> target.splice("hash", 0, "x")).isInstanceOf(WrongKindException.class);
    assertThatThrownBy(() -> target.hset("string", "f", "v"))
        .isInstanceOf(WrongKindException.class);
    assertThatThrownBy(() -> target.hdel("string", "f")).isInstanceOf(WrongKindException.class);
    assertThat(target.get("string")).isEqualTo("text");
  }

  @Test
  void fillsAGapBeforeASplicedPartWithZeros() {
    target.splice("key", 3, "abc");
    target.splice("key", 8, "z");
    target.splice("key", 0, "A");
    assertThat(target.get("key")).isEqualTo("A\0\0abc\0\0z");
  }

  @Test
  void showsNoOldBytesInAGapAfterAShorterValue() {
    target.set("key", "a long value of some bytes");
    target.splice("key", 0, "x");
    target.set("key", "ab");
    target.splice("key", 5, "c");
    assertThat(target.get("key")).isEqualTo("ab\0\0\0c");
  }

  @Test
  void aHashGoesWithItsLastField() {
    target.hset("key", "a", "1");
    target.hset("key", "b", "2");
    assertThat(target.hdel("key", "a")).isTrue();
    assertThat(target.hdel("key", "a")).isFalse();
    assertThat(target.hdel("key", "b")).isTrue();
    assertThat(target.keys.exists(target.key("key"))).isFalse();
  }

  @Test
  void aMasterDeletesAnExpiredKeyWhenItIsMet() {
    target.set("key", "value", target.now + 10);
    target.at(target.now + 10);
    assertThat(target.get("key")).isEqualTo("value");
    target.log.clear();
    target.at(target.now + 1);
    assertThat(target.get("key")).isNull();
    target.commit();
    assertThat(target.log.records).isEqualTo(1);
    assertThat(target.store.keys()).isZero();
    assertThat(target.keys.stats().expired()).isEqualTo(1);
  }

  @Test
  void aReplicaOnlyHidesAnExpiredKey() {
    target.set("key", "value", target.now + 10);
    target.commit();
    target.log.clear();
    target.keys.master(false);
    target.at(target.now + 11);
    assertThat(target.get("key")).isNull();
    assertThat(target.keys.expireCycle(target.now, 1000)).isZero();
    assertThat(target.log.records).isZero();
    assertThat(target.store.keys()).isEqualTo(1);
  }

  @Test
  void renameTakesTheExpiryAlongAndOverwrites() {
    target.set("from", "value", target.now + 1000);
    target.hset("to", "field", "old");
    target.keys.rename(target.key("from"), target.otherKey("to"));
    assertThat(target.get("to")).isEqualTo("value");
    assertThat(target.keys.expireAt(target.key("to"))).isEqualTo(target.now + 1000);
    assertThat(target.keys.exists(target.key("from"))).isFalse();
  }

  @Test
  void renameToItselfChangesNothing() {
    target.set("key", "value");
    target.commit();
    target.log.clear();
    target.keys.rename(target.key("key"), target.otherKey("key"));
    target.commit();
    assertThat(target.get("key")).isEqualTo("value");
    assertThat(target.log.records).isZero();
  }

  @Test
  void aCopySharesNothingWithItsOriginal() {
    target.hset("hash", "field", "value");
    target.set("string", "value");
    target.keys.copy(target.key("hash"), target.otherKey("hash2"));
    target.keys.copy(target.key("string"), target.otherKey("string2"));
    target.hset("hash2", "field", "other");
    target.splice("string2", 0, "V");
    assertThat(
            TestKeyspace.text(
                target.keys.hash(target.key("hash")).get(TestKeyspace.bytes("field"), 0, 5)))
        .isEqualTo("value");
    assertThat(target.get("string")).isEqualTo("value");
  }

  @Test
  void accountsForEveryByteAndReturnsToZero() {
    for (int seed = 0; seed < 20; seed++) {
      TestKeyspace keyspace = new TestKeyspace(seed);
      RandomCommands commands = new RandomCommands(keyspace, seed, "key", 30);
      for (int step = 0; step < 400; step++) {
        commands.step();
      }
      long sum = 0;
      for (int slot = 0; slot < 1024; slot++) {
        sum += keyspace.store.usedBytes(slot);
      }
      assertThat(keyspace.store.usedBytes()).isEqualTo(sum).isPositive();
      assertThat(keyspace.store.keysWithExpiry())
          .isEqualTo(keyspace.store.visibleKeysWithExpiry())
          .isPositive();
      // In the end one by one, with the expired ones still there.
      TestKeyspace.contents(keyspace.store).keySet().forEach(keyspace::delete);
      assertThat(keyspace.store.keys()).isZero();
      assertThat(keyspace.store.keysWithExpiry()).isZero();
      assertThat(keyspace.store.usedBytes()).as("seed %d", seed).isZero();
    }
  }

  @Test
  void clearingASlotGivesItsMemoryBack() {
    target.set("key", "value", target.now + 5);
    target.set("other", "value");
    target.keys.clear();
    assertThat(target.store.usedBytes()).isZero();
    assertThat(target.store.keysWithExpiry()).isZero();
  }

  @Test
  void namesTheEncodingsAsRedisDoes() {
    target.set("int", "12345");
    target.set("negative", "-9223372036854775808");
    target.set("tooLarge", "9223372036854775808");
    target.set("padded", "007");
    target.set("short", "a".repeat(44));
    target.set("long", "a".repeat(45));
    target.set("part", "12");
    target.splice("part", 2, "3");
    target.keys.putFloat(target.key("float"), TestKeyspace.bytes("5"), 0, 1);
    assertThat(target.encoding("int")).isEqualTo("int");
    assertThat(target.encoding("negative")).isEqualTo("int");
    assertThat(target.encoding("tooLarge")).isEqualTo("embstr");
    assertThat(target.encoding("padded")).isEqualTo("embstr");
    assertThat(target.encoding("short")).isEqualTo("embstr");
    assertThat(target.encoding("long")).isEqualTo("raw");
    assertThat(target.encoding("part")).isEqualTo("raw");
    assertThat(target.encoding("float")).isEqualTo("embstr");
  }

  @Test
  void aHashLeavesThePackedFormWhereRedisLeavesItAndNeverReturns() {
    for (int i = 0; i < 512; i++) {
      target.hset("many", "field" + i, "v");
    }
    target.hset("wide", "f", "v".repeat(64));
    assertThat(target.encoding("many")).isEqualTo("listpack");
    assertThat(target.encoding("wide")).isEqualTo("listpack");
    target.hset("many", "field0", "w");
    assertThat(target.encoding("many")).isEqualTo("listpack");
    target.hset("many", "field512", "v");
    target.hset("wide", "f", "v".repeat(65));
    assertThat(target.encoding("many")).isEqualTo("hashtable");
    assertThat(target.encoding("wide")).isEqualTo("hashtable");
    target.hset("wide", "f", "v");
    assertThat(target.encoding("wide")).isEqualTo("hashtable");
  }

  @Test
  void refusesToBeginACommandWhenTheLastOneWasNotCommitted() {
    target.set("key", "value");
    assertThatThrownBy(() -> target.keys.begin(0)).hasMessageContaining("effects not committed");
  }
}
