package dev.kibi.node.shard;

import dev.kibi.protocol.slot.SlotSet;
import dev.kibi.protocol.topology.SlotMove;

/** What the machine of outgoing moves wants done, in this order. */
public sealed interface MoveEffect {

  /** Park the commands of these slots. */
  record Fence(SlotSet slots) implements MoveEffect {}

  /** Route the parked commands of these slots by the installed topology. */
  record Unfence(SlotSet slots) implements MoveEffect {}

  /** Send the slots to the target's master. */
  record Copy(SlotMove move, long attempt) implements MoveEffect {}

  /** Close the link of a move. */
  record StopCopy(long moveId) implements MoveEffect {}
}
