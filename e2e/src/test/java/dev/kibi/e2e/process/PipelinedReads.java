package dev.kibi.e2e.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import redis.clients.jedis.ClusterPipeline;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** Asks the same about many keys, many at a time. */
final class PipelinedReads {
  static final int BATCH = 2_000;

  private PipelinedReads() {}

  /**
   * The answers in the order of the keys. {@code plain} asks again for a key whose owner the client
   * has not learned yet: a pipeline of Jedis does not follow redirections.
   */
  static <T> List<T> read(
      RedisClusterClient client,
      List<String> keys,
      BiFunction<ClusterPipeline, String, Response<T>> pipelined,
      Function<String, T> plain) {
    List<T> answers = new ArrayList<>(keys.size());
    for (int start = 0; start < keys.size(); start += BATCH) {
      Map<String, Response<T>> responses = new LinkedHashMap<>();
      try (ClusterPipeline pipeline = client.pipelined()) {
        for (String key : keys.subList(start, Math.min(start + BATCH, keys.size()))) {
          responses.put(key, pipelined.apply(pipeline, key));
        }
      }
      responses.forEach((key, response) -> answers.add(answer(response, key, plain)));
    }
    return answers;
  }

  private static <T> T answer(Response<T> response, String key, Function<String, T> plain) {
    try {
      return response.get();
    } catch (JedisRedirectionException e) {
      return plain.apply(key);
    }
  }
}
