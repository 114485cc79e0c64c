package dev.kibi.node.command;

/**
 * Runs one command: reads {@code call.args()}, writes exactly one reply to {@code call.reply()}.
 *
 * <p>A handler that finds its arguments unusable throws {@link CommandError} before it changes
 * anything.
 */
@FunctionalInterface
public interface Handler {
  void run(Call call);
}
