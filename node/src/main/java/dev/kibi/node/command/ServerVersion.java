package dev.kibi.node.command;

/** The versions this server answers with. */
public final class ServerVersion {
  /**
   * What clients gate features on; the behaviour is that of 7.0.15 with what 7.2 added for
   * connections.
   */
  public static final String REDIS = "7.2.4";

  /** Our own; the jar's manifest has it, a class path of directories has not. */
  public static final String KIBI = implementationVersion();

  private ServerVersion() {}

  private static String implementationVersion() {
    String version = ServerVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
