package dev.kibi.operator.plan;

import org.jspecify.annotations.Nullable;

/**
 * The StatefulSet of one shard.
 *
 * @param pods how many pods it is told to have
 * @param revision names its present pod template, or null while Kubernetes has not looked at the
 *     latest one yet
 */
public record ObservedSet(int shard, int pods, @Nullable String revision) {}
