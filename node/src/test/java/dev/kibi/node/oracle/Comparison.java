package dev.kibi.node.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How alike two replies must be. */
@FunctionalInterface
interface Comparison {
  boolean alike(Reply ours, Reply oracles);

  /** The same bytes. */
  Comparison EXACT = Reply::equals;

  /** The same elements in any order, at every depth; for maps the same pairs. */
  Comparison UNORDERED = (ours, oracles) -> sorted(ours).equals(sorted(oracles));

  /** The same types at every place, whatever the values: ids, times, versions. */
  Comparison SHAPE = (ours, oracles) -> shape(ours).equals(shape(oracles));

  /**
   * Both errors of the same code, or both not errors: for replies whose content is each server's
   * own.
   */
  Comparison OUTCOME = (ours, oracles) -> outcome(ours).equals(outcome(oracles));

  /**
   * Numbers, or pairs of the same kind, that differ by at most {@code tolerance}; everything else
   * exactly.
   */
  static Comparison within(long tolerance) {
    return (ours, oracles) -> {
      if (ours.type() == ':' && oracles.type() == ':') {
        return Math.abs(Long.parseLong(ours.line()) - Long.parseLong(oracles.line())) <= tolerance;
      }
      return ours.equals(oracles);
    };
  }

  /** A map in which only these entries must be the same; errors exactly. */
  static Comparison entries(Set<String> names) {
    return (ours, oracles) -> {
      if (ours.isError() || oracles.isError()) {
        return ours.equals(oracles);
      }
      Map<String, Reply> mine = entries(ours);
      Map<String, Reply> theirs = entries(oracles);
      mine.keySet().retainAll(names);
      theirs.keySet().retainAll(names);
      return ours.type() == oracles.type() && mine.keySet().equals(names) && mine.equals(theirs);
    };
  }

  private static Map<String, Reply> entries(Reply map) {
    Map<String, Reply> entries = new TreeMap<>();
    for (int i = 0; i + 1 < map.elements().size(); i += 2) {
      entries.put(map.elements().get(i).text(), map.elements().get(i + 1));
    }
    return entries;
  }

  private static Reply sorted(Reply reply) {
    List<Reply> elements =
        new ArrayList<>(reply.elements().stream().map(Comparison::sorted).toList());
    if (reply.type() == '%') {
      List<Reply> pairs = new ArrayList<>();
      for (int i = 0; i < elements.size(); i += 2) {
        pairs.add(new Reply('*', "2", "", elements.subList(i, i + 2)));
      }
      elements = pairs;
    }
    elements.sort(Comparator.comparing(Reply::toString));
    return new Reply(reply.type(), reply.line(), reply.bulk(), elements);
  }

  private static String shape(Reply reply) {
    return reply.isError()
        ? outcome(reply)
        : reply.type() + reply.elements().stream().map(Comparison::shape).toList().toString();
  }

  private static String outcome(Reply reply) {
    return reply.isError() ? reply.line().split(" ", 2)[0] : "no error";
  }
}
