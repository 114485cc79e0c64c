package dev.kibi.node.command;

import java.util.Collection;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The connected clients of a node, by rising id. Safe for all threads. */
public final class ClientRegistry {
  private final AtomicLong lastId = new AtomicLong();
  private final ConcurrentSkipListMap<Long, Session> sessions = new ConcurrentSkipListMap<>();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  /** An id for the next connection. */
  public long nextId() {
    return lastId.incrementAndGet();
  }

  public void add(Session session) {
    accepted.incrementAndGet();
    sessions.put(session.id(), session);
  }

  public void remove(Session session) {
    sessions.remove(session.id());
  }

  /** Notes a connection that was turned away because there are too many. */
  public void refused() {
    refused.incrementAndGet();
  }

  public @Nullable Session byId(long id) {
    return sessions.get(id);
  }

  /** A live view, by rising id. */
  public Collection<Session> sessions() {
    return sessions.values();
  }

  public int count() {
    return sessions.size();
  }

  public long acceptedTotal() {
    return accepted.get();
  }

  public long refusedTotal() {
    return refused.get();
  }
}
