package dev.kibi.local.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoopbackNetworkTest {
  private final LoopbackNetwork network = new LoopbackNetwork("127.9");

  @Test
  void everythingHasItsOwnAddress() {
    Set<String> addresses = new HashSet<>(Set.of(network.apiServer(), network.operator()));
    for (int i = 0; i < 240; i++) {
      assertThat(addresses.add(network.services().allocate())).isTrue();
      assertThat(addresses.add(network.pods().allocate())).isTrue();
    }
    assertThat(addresses).allMatch(address -> address.matches("127\\.9\\.\\d+\\.\\d+"));
  }

  @Test
  void aReturnedAddressIsGivenAgainLast() {
    AddressPool pool = new AddressPool("127.9", 256, 3);
    assertThat(pool.allocate()).isEqualTo("127.9.1.0");
    assertThat(pool.allocate()).isEqualTo("127.9.1.1");
    pool.release("127.9.1.0");
    assertThat(pool.allocate()).isEqualTo("127.9.1.2");
    assertThat(pool.allocate()).isEqualTo("127.9.1.0");
  }

  @Test
  void whenAllAreTakenThatIsSaid() {
    AddressPool pool = new AddressPool("127.9", 256, 1);
    pool.allocate();
    assertThatThrownBy(pool::allocate).hasMessage("addresses: all 1 in use (expected: a free one)");
  }

  @Test
  void onlyLoopbackPrefixesAreAccepted() {
    for (String prefix : new String[] {"127", "10.0", "127.256", "127.1.2", ""}) {
      assertThatThrownBy(() -> new LoopbackNetwork(prefix))
          .hasMessage("network: %s (expected: 127.N with N from 0 to 255)".formatted(prefix));
    }
  }
}
