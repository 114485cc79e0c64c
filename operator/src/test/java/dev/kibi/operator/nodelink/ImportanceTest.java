package dev.kibi.operator.nodelink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kibi.protocol.topology.NodeId;
import dev.kibi.protocol.wire.NodeReport;
import dev.kibi.protocol.wire.NodeRole;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportanceTest {
  private static final long KNOWN = 7;

  @Test
  void the_first_report_is_news() {
    assertThat(Importance.isNews(null, member(KNOWN), KNOWN)).isTrue();
  }

  @Test
  void a_member_that_installs_the_known_version_is_no_news() {
    assertThat(Importance.isNews(member(KNOWN - 1), member(KNOWN), KNOWN)).isFalse();
  }

  @Test
  void a_version_the_operator_does_not_know_is_news() {
    assertThat(Importance.isNews(member(KNOWN), member(KNOWN + 1), KNOWN)).isTrue();
  }

  @Test
  void a_node_that_is_no_member_is_news_when_it_has_caught_up_with_the_known_version() {
    assertThat(Importance.isNews(stranger(KNOWN - 1), stranger(KNOWN), KNOWN)).isTrue();
    assertThat(Importance.isNews(stranger(KNOWN - 2), stranger(KNOWN - 1), KNOWN)).isFalse();
    assertThat(Importance.isNews(stranger(KNOWN), stranger(KNOWN), KNOWN)).isFalse();
  }

  private static NodeReport member(long version) {
    return report(NodeRole.FOLLOWER, version, 3);
  }

  private static NodeReport stranger(long version) {
    return report(NodeRole.JOINING, version, 0);
  }

  private static NodeReport report(NodeRole role, long version, long epoch) {
    return new NodeReport(
        "uid",
        new NodeId("pod", "a"),
        "shop-0-1",
        "",
        "127.0.0.1",
        0,
        role,
        version,
        epoch,
        epoch,
        0,
        0,
        epoch > 0,
        false,
        List.of(),
        0,
        0,
        0);
  }
}
