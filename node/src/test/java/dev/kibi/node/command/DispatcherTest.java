package dev.kibi.node.command;

import static dev.kibi.node.command.CommandSpec.arity;
import static dev.kibi.node.command.CommandSpec.arityAtLeast;
import static dev.kibi.node.command.CommandSpec.entry;
import static dev.kibi.node.command.CommandSpec.flags;
import static dev.kibi.node.command.CommandSpec.keys;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.node.oracle.TestNode;
import dev.kibi.node.resp.Args;
import dev.kibi.node.resp.RespWriter;
import dev.kibi.node.store.EffectLog;
import dev.kibi.node.store.EvictionPolicy;
import dev.kibi.node.store.Key;
import dev.kibi.node.store.Keyspace;
import dev.kibi.node.store.SlotStore;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DispatcherTest {
  private static final long NOW = 1_700_000_000_000L;

  private final TestNode node = new TestNode();
  private final Log log = new Log();
  private final Keyspace keyspace = new Keyspace(new SlotStore(1), log, new SplittableRandom(1));
  private final RespWriter out = new RespWriter();
  private Route route = Route.LOCAL;
  private long nanos;
  private int runs;
  private final Dispatcher dispatcher =
      new Dispatcher(
          CommandTable.of(List.of(family())),
          node,
          (spec, client, hashSlot) -> route,
          keyspace,
          () -> nanos);
  private final Session session = session(true);

  @Test
  void aCommandThatIsNotKnownIsQuotedWithItsArguments() {
    assertThat(dispatch("nope", "a", "b")).isEqualTo(Dispatched.DONE);
    assertThat(reply())
        .isEqualTo("-ERR unknown command 'nope', with args beginning with: 'a' 'b' \r\n");
    dispatch("box", "nope");
    assertThat(reply()).isEqualTo("-ERR unknown subcommand 'nope'. Try BOX HELP.\r\n");
  }

  @Test
  void aCommandWithoutArgumentsIsPassedOver() {
    assertThat(dispatcher.dispatch(session, new Args(), out, NOW)).isEqualTo(Dispatched.DONE);
    assertThat(out.size()).isZero();
  }

  @Test
  void aWrongNumberOfArgumentsIsRejectedAndCounted() {
    dispatch("read");
    assertThat(reply()).isEqualTo("-ERR wrong number of arguments for 'read' command\r\n");
    dispatch("box", "inner", "x");
    assertThat(reply()).isEqualTo("-ERR wrong number of arguments for 'box|inner' command\r\n");
    assertThat(dispatcher.statistics().rejectedCalls(spec("read"))).isEqualTo(1);
    assertThat(dispatcher.statistics().calls(spec("read"))).isZero();
  }

  @Test
  void withoutAuthenticationOnlyMarkedCommandsRun() {
    Session stranger = session(false);
    dispatcher.dispatch(stranger, Args.of("read", "k"), out, NOW);
    assertThat(reply()).isEqualTo("-NOAUTH Authentication required.\r\n");
    dispatcher.dispatch(stranger, Args.of("free"), out, NOW);
    assertThat(reply()).isEqualTo("+OK\r\n");
  }

  @Test
  void keysOfTwoHashSlotsAreRefusedEvenInOneOfOurSlots() {
    route = Route.LOCAL;
    dispatch("readall", "{t}a", "{t}b");
    assertThat(reply()).isEqualTo("+OK\r\n");
    dispatch("readall", "{t}a", "b");
    assertThat(reply()).isEqualTo("-CROSSSLOT Keys in request don't hash to the same slot\r\n");
    int slot = KeySlots.of(spec("read"), Args.of("read", "a"));
    String neighbour = neighbourOf(slot);
    dispatch("readall", "a", neighbour);
    assertThat(reply()).isEqualTo("-CROSSSLOT Keys in request don't hash to the same slot\r\n");
  }

  @Test
  void aCommandOfAnotherNodeIsSentThere() {
    route = new Route.Moved(15495, "10.0.0.7", 6379);
    assertThat(dispatch("read", "a")).isEqualTo(Dispatched.DONE);
    assertThat(reply()).isEqualTo("-MOVED 15495 10.0.0.7:6379\r\n");
    route = Route.SLOT_NOT_SERVED;
    dispatch("read", "a");
    assertThat(reply()).isEqualTo("-CLUSTERDOWN Hash slot not served\r\n");
    dispatch("free");
    assertThat(reply()).as("a command without keys").isEqualTo("+OK\r\n");
    assertThat(runs).isEqualTo(1);
  }

  @Test
  void aParkedCommandHasDoneNothing() {
    route = Route.PARKED;
    out.simple("BEFORE");
    assertThat(dispatch("write", "a")).isEqualTo(Dispatched.PARKED);
    assertThat(reply()).isEqualTo("+BEFORE\r\n");
    assertThat(runs).isZero();
    assertThat(log.end()).isZero();
    route = Route.LOCAL;
    assertThat(dispatch("write", "a")).isEqualTo(Dispatched.DONE);
    assertThat(runs).isEqualTo(1);
  }

  @Test
  void pausedClientsAreParkedUntilThePauseEnds() {
    node.pause().pause(NOW + 100, true, NOW);
    assertThat(dispatch("write", "a")).isEqualTo(Dispatched.PARKED);
    assertThat(dispatch("read", "a")).isEqualTo(Dispatched.DONE);
    assertThat(dispatcher.dispatch(session, Args.of("write", "a"), out, NOW + 100))
        .isEqualTo(Dispatched.DONE);
    node.pause().pause(NOW + 100, false, NOW);
    assertThat(dispatch("read", "a")).isEqualTo(Dispatched.PARKED);
    node.pause().unpause();
    assertThat(dispatch("read", "a")).isEqualTo(Dispatched.DONE);
  }

  @Test
  void aWriteWithoutKeysIsRefusedByAReplica() {
    node.master = false;
    dispatch("clear");
    assertThat(reply()).isEqualTo("-READONLY You can't write against a read only replica.\r\n");
    dispatch("free");
    assertThat(reply()).isEqualTo("+OK\r\n");
  }

  @Test
  void repliesWaitForWhatTheyDependOn() {
    dispatch("free");
    assertThat(dispatcher.requiredLsn()).as("no data touched").isZero();
    dispatch("read", "a");
    assertThat(dispatcher.requiredLsn()).as("nothing written yet").isZero();
    dispatch("write", "a");
    long written = log.end();
    assertThat(dispatcher.requiredLsn())
        .as("a write waits for itself")
        .isEqualTo(written)
        .isPositive();
    dispatch("write", "b");
    dispatch("read", "a");
    assertThat(dispatcher.requiredLsn())
        .as("a read waits for its slot's last write")
        .isEqualTo(written);
    dispatch("count");
    assertThat(dispatcher.requiredLsn())
        .as("a look at all keys waits for all")
        .isEqualTo(log.end());
    dispatch("idlewrite", "a");
    assertThat(dispatcher.requiredLsn())
        .as("a write that changed nothing waits like a read")
        .isEqualTo(written);
  }

  @Test
  void aFullNodeRefusesWhatNeedsMemoryAndNothingElse() {
    dispatch("write", "a");
    keyspace.limit(1, EvictionPolicy.NOEVICTION);
    out.clear();
    dispatch("write", "b");
    assertThat(reply()).isEqualTo("-OOM command not allowed when used memory > 'maxmemory'.\r\n");
    dispatch("read", "a");
    assertThat(reply()).isEqualTo("+OK\r\n");
  }

  @Test
  void aFailedCommandAnswersOnlyItsError() {
    dispatch("fail");
    assertThat(reply()).isEqualTo("-ERR no luck\r\n");
    assertThat(dispatcher.statistics().failedCalls(spec("fail"))).isEqualTo(1);
    assertThat(dispatcher.statistics().errors()).containsEntry("ERR", 1L);
  }

  @Test
  void aCommandThatHoldsAnotherKindIsToldSo() {
    keyspace.begin(NOW);
    byte[] name = {'h'};
    keyspace.putField(key(name), name, 0, 1, name, 0, 1);
    keyspace.commit();
    dispatch("readstring", "h");
    assertThat(reply())
        .isEqualTo("-WRONGTYPE Operation against a key holding the wrong kind of value\r\n");
  }

  @Test
  void aBlockedCommandLeavesItsReplyForLater() {
    assertThat(dispatch("hold")).isEqualTo(Dispatched.BLOCKED);
    assertThat(out.size()).isZero();
    assertThat(session.blocked()).isTrue();
  }

  @Test
  void timesAreTakenOncePerCommand() {
    dispatcher.beginBatch();
    nanos = 3_000;
    dispatch("free");
    nanos = 10_000;
    dispatch("free");
    CommandStatistics statistics = dispatcher.statistics();
    assertThat(statistics.calls(spec("free"))).isEqualTo(2);
    assertThat(statistics.micros(spec("free"))).isEqualTo(10);
    assertThat(statistics.processed()).isEqualTo(2);
  }

  @Test
  void slowCommandsAreRemembered() {
    node.config().set("slowlog-log-slower-than", "5");
    node.config().set("slowlog-max-len", "1");
    dispatcher.beginBatch();
    for (String name : List.of("first", "second", "x".repeat(200))) {
      nanos += 6_000;
      dispatch("read", name);
    }
    nanos += 4_000;
    dispatch("free");
    dispatch("slow");
    assertThat(reply()).endsWith("+1 read " + "x".repeat(128) + "... (72 more bytes)\r\n");
  }

  private CommandFamily family() {
    return CommandFamily.of(
        CommandGroup.SERVER,
        entry("FREE", arity(1), flags(Flag.NO_AUTH), this::ok),
        entry("READ", arity(2), flags(Flag.READONLY), keys(key(1, KeyFlag.RO)), this::ok),
        entry(
            "READALL",
            arityAtLeast(2),
            flags(Flag.READONLY),
            keys(KeySpec.keys(1, -1, 1, KeyFlag.RO)),
            this::ok),
        entry(
            "READSTRING",
            arity(2),
            flags(Flag.READONLY),
            keys(key(1, KeyFlag.RO)),
            this::readString),
        entry("COUNT", arity(1), flags(Flag.READONLY), this::ok),
        entry(
            "WRITE",
            arity(2),
            flags(Flag.WRITE, Flag.DENYOOM),
            keys(key(1, KeyFlag.OW)),
            this::write),
        entry("IDLEWRITE", arity(2), flags(Flag.WRITE), keys(key(1, KeyFlag.OW)), this::ok),
        entry("CLEAR", arity(1), flags(Flag.WRITE), this::ok),
        entry("FAIL", arity(1), flags(), DispatcherTest::fail),
        entry("HOLD", arity(1), flags(), Call::block),
        entry("SLOW", arity(1), flags(), DispatcherTest::slowest),
        CommandSpec.container("BOX", flags(), entry("INNER", arity(2), flags(), this::ok)));
  }

  private void ok(Call call) {
    runs++;
    call.reply().ok();
  }

  private void write(Call call) {
    byte[] value = call.bytes(1);
    keyspace.put(keyOf(call), value, 0, value.length, Keyspace.NO_EXPIRY);
    ok(call);
  }

  private void readString(Call call) {
    call.reply().bool(keyspace.string(keyOf(call)) != null);
  }

  private static void fail(Call call) {
    call.reply().bulk("half a reply");
    if (call.argc() == 1) {
      throw CommandError.of("ERR no luck");
    }
  }

  private static void slowest(Call call) {
    SlowLog.Entry slowest = call.slowLog().entries().getFirst();
    call.reply()
        .simple(call.slowLog().entries().size() + " " + String.join(" ", slowest.arguments()));
  }

  private Key keyOf(Call call) {
    return keyspace.key(call.args().buffer(), call.args().offset(1), call.args().length(1));
  }

  private Key key(byte[] name) {
    return keyspace.key(name, 0, name.length);
  }

  private static KeySpec key(int position, KeyFlag flag) {
    return KeySpec.key(position, flag);
  }

  private String neighbourOf(int hashSlot) {
    for (int i = 0; ; i++) {
      int other = KeySlots.of(spec("read"), Args.of("read", "n" + i));
      if (other != hashSlot && other / 16 == hashSlot / 16) {
        return "n" + i;
      }
    }
  }

  private CommandSpec spec(String name) {
    return Objects.requireNonNull(dispatcher.table().named(name));
  }

  private Dispatched dispatch(String... command) {
    return dispatcher.dispatch(session, Args.of(command), out, NOW);
  }

  private String reply() {
    String text = new String(out.buffer(), 0, out.size(), ISO_8859_1);
    out.clear();
    return text;
  }

  private Session session(boolean authenticated) {
    return new Session(
        node.clients().nextId(), "127.0.0.1:1", "127.0.0.1:2", NOW, authenticated, new NoLink());
  }

  private record NoLink() implements ClientLink {
    @Override
    public void close() {
      throw new IllegalStateException("close: called (expected: never)");
    }

    @Override
    public int inputBytes() {
      return 0;
    }

    @Override
    public long outputBytes() {
      return 0;
    }
  }

  private static final class Log implements EffectLog {
    private long end;

    @Override
    public void append(int slot, byte[] buffer, int offset, int length) {
      end += length;
    }

    @Override
    public long end() {
      return end;
    }
  }
}
