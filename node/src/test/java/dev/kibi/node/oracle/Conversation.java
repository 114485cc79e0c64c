package dev.kibi.node.oracle;

import dev.kibi.node.command.CommandTable;
import dev.kibi.node.command.Session;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Speaks RESP2 with our node alone and shows replies as people write them: {@code [1, [a, b]]},
 * {@code -ERR no}.
 */
public final class Conversation {
  private final InProcessNode ours = new InProcessNode();

  public TestNode node() {
    return ours.node();
  }

  public CommandTable table() {
    return ours.table();
  }

  public Session session() {
    return ours.session();
  }

  public InProcessNode ours() {
    return ours;
  }

  public boolean closed() {
    return ours.closed();
  }

  /** Our reply, or {@code nothing}. */
  public String say(String... command) {
    List<Reply> replies = Reply.readAll(ours.run(Requests.encode(command)));
    return replies.isEmpty() ? "nothing" : shown(replies.getFirst());
  }

  private static String shown(Reply reply) {
    return switch (reply.type()) {
      case '*', '~', '%', '>' ->
          reply.line().equals("-1")
              ? "nil"
              : reply.elements().stream()
                  .map(Conversation::shown)
                  .collect(Collectors.joining(", ", "[", "]"));
      case '$' -> reply.line().equals("-1") ? "nil" : reply.bulk();
      case '-' -> "-" + reply.line();
      default -> reply.line();
    };
  }
}
