package dev.kibi.node.command;

import org.jspecify.annotations.Nullable;

/**
 * What the node remembers of one client connection.
 *
 * <p>Changed by the connection's own lane only. Others may read it (CLIENT LIST) and see figures
 * that are a little old.
 */
public final class Session {
  private final long id;
  private final String address;
  private final String localAddress;
  private final long connectedAtMs;
  private final ClientLink link;

  private String name = "";
  private String libName = "";
  private String libVersion = "";
  private int protocol = 2;
  private boolean authenticated;
  private boolean readOnly;
  private boolean noEvict;
  private boolean noTouch;
  private boolean closing;
  private boolean blocked;
  private ReplyMode replyMode = ReplyMode.ON;
  private long lastActiveMs;
  private long commands;
  private @Nullable CommandSpec lastCommand;

  public Session(
      long id,
      String address,
      String localAddress,
      long nowMs,
      boolean authenticated,
      ClientLink link) {
    this.id = id;
    this.address = address;
    this.localAddress = localAddress;
    this.connectedAtMs = nowMs;
    this.lastActiveMs = nowMs;
    this.authenticated = authenticated;
    this.link = link;
  }

  /** Rises with every connection of this node, never used again. */
  public long id() {
    return id;
  }

  /** The client's {@code ip:port}. */
  public String address() {
    return address;
  }

  /** Our own {@code ip:port} of the connection. */
  public String localAddress() {
    return localAddress;
  }

  public long connectedAtMs() {
    return connectedAtMs;
  }

  public ClientLink link() {
    return link;
  }

  /** The name the client gave itself; empty when it has none. */
  public String name() {
    return name;
  }

  public void name(String name) {
    this.name = name;
  }

  public String libName() {
    return libName;
  }

  public void libName(String libName) {
    this.libName = libName;
  }

  public String libVersion() {
    return libVersion;
  }

  public void libVersion(String libVersion) {
    this.libVersion = libVersion;
  }

  /** 2 or 3. */
  public int protocol() {
    return protocol;
  }

  public void protocol(int version) {
    protocol = version;
  }

  public boolean authenticated() {
    return authenticated;
  }

  public void authenticated(boolean authenticated) {
    this.authenticated = authenticated;
  }

  /** Whether reads may be served by a replica (READONLY). */
  public boolean readOnly() {
    return readOnly;
  }

  public void readOnly(boolean readOnly) {
    this.readOnly = readOnly;
  }

  public boolean noEvict() {
    return noEvict;
  }

  public void noEvict(boolean noEvict) {
    this.noEvict = noEvict;
  }

  /** Whether this client's reads leave the LRU/LFU clock of keys alone. */
  public boolean noTouch() {
    return noTouch;
  }

  public void noTouch(boolean noTouch) {
    this.noTouch = noTouch;
  }

  public ReplyMode replyMode() {
    return replyMode;
  }

  public void replyMode(ReplyMode mode) {
    replyMode = mode;
  }

  /** Whether the connection is to be closed once its replies are out. */
  public boolean closing() {
    return closing;
  }

  public void closeAfterReply() {
    closing = true;
  }

  /** Whether the session waits inside a blocking command. */
  public boolean blocked() {
    return blocked;
  }

  public void blocked(boolean blocked) {
    this.blocked = blocked;
  }

  public long lastActiveMs() {
    return lastActiveMs;
  }

  /** The commands this session has sent. */
  public long commands() {
    return commands;
  }

  public @Nullable CommandSpec lastCommand() {
    return lastCommand;
  }

  /** Notes a command about to run. */
  void ran(CommandSpec command, long nowMs) {
    lastCommand = command;
    lastActiveMs = nowMs;
    commands++;
  }

  /** Back to what a new connection is (RESET); what identifies the client's library stays. */
  public void reset(boolean authenticatedAtStart) {
    name = "";
    protocol = 2;
    authenticated = authenticatedAtStart;
    readOnly = false;
    noEvict = false;
    noTouch = false;
    replyMode = ReplyMode.ON;
  }
}
