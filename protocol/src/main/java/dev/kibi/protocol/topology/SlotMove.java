package dev.kibi.protocol.topology;

import dev.kibi.protocol.slot.SlotSet;

/**
 * A planned move of slots with their data; it is done when the source's commit takes it out of the
 * topology.
 *
 * @param id never used again
 * @param slots the slots that go together
 * @param from shard that owns them now
 * @param to shard that will own them
 * @param fromEpoch epoch of the source shard when the move was planned
 * @param toEpoch epoch of the target shard when the move was planned
 */
public record SlotMove(long id, SlotSet slots, int from, int to, long fromEpoch, long toEpoch) {}
