package dev.kibi.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The committed CRDs are those of the classes. After a change of a class write them anew with
 * {@code mvn test -pl crds -am -Dtest=CrdYamlTest -Dkibi.crds.write=true}, look at the difference,
 * commit.
 */
class CrdYamlTest {

  /** The second, because a chart can only read files of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"src/main/resources/crds", "../helm/kibi/files/crds"})
  void theCommittedFilesAreThoseOfTheClasses(Path committed, @TempDir Path fresh)
      throws IOException {
    CrdYaml.generate(fresh);
    for (String file : CrdYaml.FILES) {
      if (Boolean.getBoolean("kibi.crds.write")) {
        Files.writeString(committed.resolve(file), CrdYaml.read(fresh, file));
      }
      assertThat(CrdYaml.read(committed, file))
          .as("%s differs from the classes (write it anew: see the javadoc of this test)", file)
          .isEqualTo(CrdYaml.read(fresh, file));
    }
  }

  @Test
  void aCrdStaysFarBelowWhatAnAnnotationHolds(@TempDir Path fresh) {
    CrdYaml.generate(fresh);
    for (String file : CrdYaml.FILES) {
      // kubectl apply keeps a copy of the object in an annotation, which holds 262144 bytes.
      assertThat(fresh.resolve(file)).content().hasSizeLessThan(64 * 1024);
    }
  }
}
