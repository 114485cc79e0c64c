package dev.kibi.node.lane;

import dev.kibi.protocol.wire.NodeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The reports of a lane: to the operators that are linked, and to whoever asks. */
final class LaneReports {

  private final Supplier<NodeReport> source;
  private final List<OperatorLink> operators = new ArrayList<>();
  private volatile NodeReport latest;

  /** Reports are made by {@code source}, on the lane's thread. */
  LaneReports(Supplier<NodeReport> source) {
    this.source = source;
    this.latest = source.get();
  }

  /** A little old; safe for every thread. */
  NodeReport latest() {
    return latest;
  }

  /** Makes a new one and sends it to every operator. */
  void tell() {
    latest = source.get();
    List.copyOf(operators).forEach(operator -> operator.report(latest));
  }

  void linked(OperatorLink link) {
    operators.add(link);
    latest = source.get();
    link.report(latest);
  }

  void unlinked(OperatorLink link) {
    operators.remove(link);
  }
}
