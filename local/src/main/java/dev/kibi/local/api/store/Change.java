package dev.kibi.local.api.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One write: {@code before} is null for a creation. {@code after} is what the write left; of a
 * deletion it is the last state of the object, with the revision of the deletion.
 */
public record Change(
    long revision, Key key, @Nullable ObjectNode before, ObjectNode after, boolean deletion) {}
