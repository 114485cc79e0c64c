package dev.kibi.node.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The settings that can be read, and in part changed, while the node runs.
 *
 * <p>Values are kept in the spelling CONFIG GET answers. Whoever acts on a setting registers with
 * {@link #onChange} and keeps its own typed copy, so no command's path looks anything up here. Safe
 * for all threads.
 */
public final class LiveConfig {
  private final Map<String, ConfigParameter> parameters = new TreeMap<>();
  private final Map<String, String> values = new ConcurrentSkipListMap<>();
  private final Map<String, List<Consumer<String>>> listeners = new TreeMap<>();

  public LiveConfig(Collection<ConfigParameter> parameters) {
    for (ConfigParameter parameter : parameters) {
      if (this.parameters.put(parameter.name(), parameter) != null) {
        throw new IllegalArgumentException(
            "parameter: " + parameter.name() + " twice (expected: once)");
      }
      values.put(parameter.name(), parameter.initial());
    }
  }

  /** The known names, sorted. */
  public Collection<String> names() {
    return parameters.keySet();
  }

  public @Nullable ConfigParameter parameter(String name) {
    return parameters.get(name);
  }

  /** The value of a known parameter. */
  public String get(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "parameter: " + name + " (expected: one of " + names() + ")");
    }
    return value;
  }

  /** The value of a known parameter that is a number. */
  public long number(String name) {
    return Long.parseLong(get(name));
  }

  /** Whether a known yes-or-no parameter says yes. */
  public boolean flag(String name) {
    return get(name).equals("yes");
  }

  /** Stores a value that its parameter has read, and tells those who act on it. */
  public synchronized void set(String name, String value) {
    get(name);
    values.put(name, value);
    for (Consumer<String> listener : listeners.getOrDefault(name, List.of())) {
      listener.accept(value);
    }
  }

  /** Calls {@code listener} with the value now and after every change. */
  public synchronized void onChange(String name, Consumer<String> listener) {
    listener.accept(get(name));
    listeners.computeIfAbsent(name, _ -> new ArrayList<>()).add(listener);
  }
}
