package dev.kibi.e2e.sim;

import dev.kibi.node.command.ClientLink;
import dev.kibi.node.command.Dispatched;
import dev.kibi.node.command.Session;
import dev.kibi.node.lane.Lane;
import dev.kibi.node.resp.Args;
import dev.kibi.node.resp.RespWriter;

/** A read that nobody waits for: whether a node would run one now. */
final class Probe implements ClientLink {

  private final Lane lane;
  private final RespWriter reply = new RespWriter();

  Probe(Lane lane) {
    this.lane = lane;
  }

  /** Whether the node runs the command at once. */
  boolean isServed(String key) {
    long now = lane.beginBatch();
    Session session = new Session(0, "probe", "probe", now, true, this);
    Dispatched dispatched = lane.dispatcher().dispatch(session, Args.of("GET", key), reply, now);
    return dispatched == Dispatched.DONE && reply.buffer()[0] != '-';
  }

  @Override
  public void close() {}

  @Override
  public int inputBytes() {
    return 0;
  }

  @Override
  public long outputBytes() {
    return 0;
  }
}
