package dev.kibi.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import redis.clients.jedis.ClusterPipeline;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.SetParams;

/**
 * Keys that are written once and must be there, with their values and expiry times, ever after.
 * Every fourth expires, each at a time of its own, after all tests.
 *
 * @param expiryBaseMs time from which on they expire, in milliseconds since the epoch
 */
public record Keys(int count, long expiryBaseMs) {
  private static final int EXPIRES_EVERY = 4;
  private static final long NO_EXPIRY = -1; // as PEXPIRETIME answers
  private static final int SHOWN = 10;

  public String key(int number) {
    return "key:" + number;
  }

  public String value(int number) {
    return "value of " + number;
  }

  private long expiryMs(int number) {
    return number % EXPIRES_EVERY == 0 ? expiryBaseMs + number : NO_EXPIRY;
  }

  public void write(RedisClusterClient client) {
    for (int start = 0; start < count; start += PipelinedReads.BATCH) {
      List<Response<String>> responses = new ArrayList<>();
      try (ClusterPipeline pipeline = client.pipelined()) {
        for (int i = start; i < Math.min(start + PipelinedReads.BATCH, count); i++) {
          SetParams params = new SetParams();
          if (expiryMs(i) != NO_EXPIRY) {
            params.pxAt(expiryMs(i));
          }
          responses.add(pipeline.set(key(i), value(i), params));
        }
      }
      assertThat(responses).allSatisfy(response -> assertThat(response.get()).isEqualTo("OK"));
    }
  }

  /** Reads all of them; an error that shows some of those that are not as they were written. */
  public void verify(RedisClusterClient client) {
    List<String> keys = IntStream.range(0, count).mapToObj(this::key).toList();
    List<String> values = PipelinedReads.read(client, keys, ClusterPipeline::get, client::get);
    List<Long> expiries =
        PipelinedReads.read(client, keys, ClusterPipeline::pexpireTime, client::pexpireTime);
    List<String> wrong =
        IntStream.range(0, count)
            .filter(i ->
                !value(i).equals(values.get(i)) || !Objects.equals(expiryMs(i), expiries.get(i)))
            .mapToObj(i ->
                "%s = %s expires %d (expected: %s expires %d)"
                    .formatted(key(i), values.get(i), expiries.get(i), value(i), expiryMs(i)))
            .toList();
    assertThat(wrong.stream().limit(SHOWN))
        .as("%d of %d keys are not as they were written", wrong.size(), count)
        .isEmpty();
  }
}
