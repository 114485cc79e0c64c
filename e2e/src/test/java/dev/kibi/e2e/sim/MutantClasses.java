package dev.kibi.e2e.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A mutant's classes beside the real ones. What can be reached from a changed class, and so the
 * simulator, is loaded anew; the other modules are those of the real program.
 */
final class MutantClasses extends ClassLoader {

  private static final String OURS = "dev.kibi.";

  /** Every other module of the program stands on these. */
  private static final Set<String> FOUNDATIONS = Set.of("protocol", "crds");

  private final Map<String, byte[]> changed;
  private final Set<String> prefixes = new TreeSet<>();

  private MutantClasses(Mutant mutant) {
    super(MutantClasses.class.getClassLoader());
    changed = compile(mutant);
    prefixes.add(OURS + "e2e.");
    for (Mutant.Edit edit : mutant.edits()) {
      prefixes.add(FOUNDATIONS.contains(edit.module()) ? OURS : OURS + edit.module() + ".");
    }
  }

  static MutantClasses of(Mutant mutant) {
    return new MutantClasses(mutant);
  }

  /** The law that a seed breaks here, in words; null when it breaks none. */
  @Nullable String lawBroken(Aim aim, long seed) {
    try {
      Object law =
          loadClass(Simulator.class.getName())
              .getMethod("lawBroken", String.class, long.class)
              .invoke(null, aim.name(), seed); // by name: there it is another class
      return (String) law;
    } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (prefixes.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] bytes = changed.containsKey(name) ? changed.get(name) : original(name);
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private byte[] original(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static Map<String, byte[]> compile(Mutant mutant) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> sources = new ArrayList<>();
    mutant.sources().forEach((name, text) -> sources.add(new Source(name, text)));
    Output output = new Output(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8));
    List<String> options = List.of("-proc:none", "-nowarn", "-Xlint:none");
    if (!compiler.getTask(null, output, null, options, null, sources).call()) {
      throw new IllegalStateException(mutant + ": does not compile");
    }
    Map<String, byte[]> classes = new TreeMap<>();
    output.classes.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return classes;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String className, String text) {
      super(
          URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension),
          Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes = new TreeMap<>();

    Output(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("mem:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          classes.put(className, bytes);
          return bytes;
        }
      };
    }
  }
}
