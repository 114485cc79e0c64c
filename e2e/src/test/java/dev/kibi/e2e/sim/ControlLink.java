package dev.kibi.e2e.sim;

import dev.kibi.node.lane.PeerChannel;
import dev.kibi.node.lane.PeerDialer;
import dev.kibi.node.lane.PeerHandler;
import dev.kibi.operator.nodelink.Importance;
import dev.kibi.operator.plan.Contact;
import dev.kibi.operator.plan.ObservedPod;
import dev.kibi.operator.plan.PodState;
import dev.kibi.protocol.topology.Topology;
import dev.kibi.protocol.wire.Frame;
import dev.kibi.protocol.wire.NodeReport;
import org.jspecify.annotations.Nullable;

/** An operator's link to the node of one pod; it behaves as the operator's own does. */
final class ControlLink implements PeerHandler {

  private static final long GRACE = 400 * Timeline.MS;
  private static final long GIVE_UP = 5 * GRACE;
  private static final long BACKOFF_MIN = 20 * Timeline.MS;

  private final SimOperator operator;
  private final String podUid;
  private final String address;
  private Contact contact = Contact.NONE;
  private @Nullable NodeReport report;
  private @Nullable PeerChannel channel;
  private long heardAt;
  private long openedAt;
  private long pushed;
  private long backoff = BACKOFF_MIN;
  private boolean answered;
  private boolean closed;

  ControlLink(SimOperator operator, String podUid, String address) {
    this.operator = operator;
    this.podUid = podUid;
    this.address = address;
    this.heardAt = operator.time();
    dial();
  }

  ObservedPod observed(Pod pod) {
    return new ObservedPod(
        pod.name,
        podUid,
        pod.shard,
        new PodState("machine-" + pod.host, "1", true, true, pod.isLeaving(), "", false),
        contact,
        report,
        heardAt);
  }

  void push(@Nullable Topology topology) {
    PeerChannel open = channel;
    if (topology != null && open != null && topology.version() > pushed) {
      pushed = topology.version();
      open.send(new Frame.TopologyPush(topology));
    }
  }

  void send(Frame frame) {
    if (channel != null) {
      channel.send(frame);
    }
  }

  void close() {
    closed = true;
    if (channel != null) {
      channel.close();
    }
  }

  private void dial() {
    if (closed) {
      return;
    }
    operator
        .world
        .network()
        .dial(
            operator,
            address,
            this::opened,
            failure -> {
              become(failure == PeerDialer.Failure.REFUSED ? Contact.REFUSED : Contact.LOST);
              dialLater();
            });
  }

  private void dialLater() {
    long pause = backoff;
    backoff = Math.min(2 * backoff, GRACE);
    operator.world.timeline().after(pause, () -> operator.deliver(this::dial));
  }

  private PeerHandler opened(PeerChannel open) {
    if (closed) {
      open.close();
      return this;
    }
    channel = open;
    openedAt = operator.time();
    pushed = 0;
    answered = false;
    open.send(new Frame.OperatorHello(Simulation.CLUSTER, podUid));
    push(operator.newest());
    listen(open);
    return this;
  }

  /** Silence wakes the operator after the grace time, and the link is given up after five. */
  private void listen(PeerChannel open) {
    long heardBefore = heardAt;
    operator
        .world
        .timeline()
        .after(GRACE + Timeline.MS, () -> operator.deliver(() -> lookAt(open, heardBefore)));
  }

  @SuppressWarnings("ReferenceEquality") // this very channel is meant
  private void lookAt(PeerChannel open, long heardBefore) {
    if (channel != open || closed) {
      return;
    }
    if (heardAt == heardBefore) {
      operator.wake();
      if (operator.time() - Math.max(heardAt, openedAt) > GIVE_UP) {
        open.close();
        channel = null;
        become(Contact.LOST);
        dialLater();
        return;
      }
    }
    listen(open);
  }

  @Override
  public void frame(Frame frame) {
    if (closed || !(frame instanceof Frame.Report(NodeReport fresh))) {
      return;
    }
    if (!fresh.node().podUid().equals(podUid)) {
      closed();
      return;
    }
    NodeReport before = report;
    boolean news =
        contact != Contact.OPEN
            || operator.time() - heardAt > GRACE
            || Importance.isNews(before, fresh, operator.newestVersion());
    report = fresh;
    heardAt = operator.time();
    contact = Contact.OPEN;
    answered = true;
    backoff = BACKOFF_MIN;
    if (news) {
      operator.wake();
    }
  }

  @Override
  public void closed() {
    channel = null;
    if (answered) {
      dial(); // at once: a refusal now says that nobody listens any more
    } else {
      become(Contact.LOST);
      dialLater();
    }
  }

  private void become(Contact other) {
    if (contact != other) {
      contact = other;
      operator.wake();
    }
  }
}
