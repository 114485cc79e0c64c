package dev.kibi.node.command;

/**
 * How clients reach a node, and the port its peers use. The same text everywhere, because clients
 * key pools by it.
 */
public record Endpoint(String host, int port, int peerPort) {
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
