package dev.kibi.images;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ImagesCommandTest {

  @Test
  void a_node_that_is_slower_than_asked_for_fails_the_build() {
    assertThatThrownBy(() -> ImagesCommand.checkReady(Duration.ofMillis(1501), 1500))
        .isInstanceOf(BuildException.class)
        .hasMessage("node: ready after 1501 ms (expected: within 1500 ms)");
  }

  @Test
  void a_node_in_time_does_not_and_nor_does_any_where_nothing_is_asked_for() {
    assertThatCode(() -> ImagesCommand.checkReady(Duration.ofMillis(1500), 1500))
        .doesNotThrowAnyException();
    assertThatCode(() -> ImagesCommand.checkReady(Duration.ofHours(1), null))
        .doesNotThrowAnyException();
  }
}
