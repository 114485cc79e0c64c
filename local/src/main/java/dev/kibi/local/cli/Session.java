package dev.kibi.local.cli;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** The POSIX session this process belongs to. */
final class Session {
  private Session() {}

  /**
   * Begins a session of our own, so that closing the terminal or Ctrl-C in it does not end us. Java
   * has no call for that, and not every system has a program for it.
   */
  @SuppressWarnings("restricted") // Native access is what this is about.
  static void leaveTerminal() {
    Linker linker = Linker.nativeLinker();
    MethodHandle setsid =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setsid"), FunctionDescriptor.of(JAVA_INT));
    try {
      // Fails if we lead a process group already, which means that there is nothing to leave.
      int _ = (int) setsid.invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException("setsid", e);
    }
  }
}
