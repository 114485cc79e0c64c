package dev.kibi.node.command.server;

import com.sun.management.OperatingSystemMXBean;
import dev.kibi.node.command.Call;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sections about memory and processor time. */
final class InfoMemory {
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final long PAGE_BYTES = 4096;
  private static final double TICKS_PER_SECOND = 100;

  private InfoMemory() {}

  static void memory(Call call, InfoText text) {
    Runtime runtime = Runtime.getRuntime();
    long used = call.keyspace().usedBytes();
    long resident = residentBytes(runtime);
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    text.section("Memory");
    text.bytes("used_memory", used);
    text.bytes("used_memory_rss", resident);
    text.field("used_memory_dataset", used);
    text.bytes("total_system_memory", system.getTotalMemorySize());
    text.bytes("maxmemory", call.keyspace().maxBytes());
    text.field("maxmemory_policy", call.keyspace().policy().policyName());
    text.decimals("mem_fragmentation_ratio", "%.2f", used == 0 ? 0 : (double) resident / used);
    text.field("mem_allocator", "jvm");
    text.field("kibi_heap_used", runtime.totalMemory() - runtime.freeMemory());
    text.field("kibi_heap_max", runtime.maxMemory());
  }

  static void cpu(Call call, InfoText text) {
    text.section("CPU");
    String[] stat = words(STAT);
    if (stat.length > STAT_SYSTEM) {
      text.decimals("used_cpu_sys", "%.6f", Long.parseLong(stat[STAT_SYSTEM]) / TICKS_PER_SECOND);
      text.decimals("used_cpu_user", "%.6f", Long.parseLong(stat[STAT_USER]) / TICKS_PER_SECOND);
    }
  }

  // Fields of /proc/self/stat behind the command's closing bracket (proc(5): utime 14, stime 15,
  // state is 3).
  private static final int STAT_USER = 14 - 3;
  private static final int STAT_SYSTEM = 15 - 3;

  private static long residentBytes(Runtime runtime) {
    String[] statm = words(STATM);
    return statm.length > 1 ? Long.parseLong(statm[1]) * PAGE_BYTES : runtime.totalMemory();
  }

  /**
   * The words of a one-line file of the kernel, behind the last bracket; none where there is no
   * such file.
   */
  private static String[] words(Path file) {
    try {
      String line = Files.readString(file).strip();
      return line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
    } catch (IOException e) {
      // Not Linux: INFO then has one figure less.
      return new String[0];
    }
  }
}
