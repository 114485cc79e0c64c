package dev.kibi.e2e.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A short run of what {@code kibi fuzz} does for as long as one likes. */
class FuzzerTest {

  private static final long INPUTS = Long.getLong("kibi.fuzz.inputs", 200_000);
  private static final byte[] SAMPLE = {0, 0, 0, 1, 7};

  @Test
  void everyInputIsReadOrRefusedAndNothingElse() throws InterruptedException {
    long seed = Long.getLong("kibi.fuzz.seed", System.nanoTime());
    Fuzzer fuzzer = new Fuzzer(Decoders.all(), seed);
    assertThat(fuzzer.run(0, INPUTS, Runtime.getRuntime().availableProcessors())).isEmpty();
    long fair = INPUTS / Decoders.all().size() / 100;
    assertThat(fuzzer.counts())
        .as("seed %d", seed)
        .allSatisfy(count -> {
          System.out.println("fuzz: " + count);
          assertThat(count.read().sum()).as("%s: read", count).isGreaterThan(fair);
          assertThat(count.refused().sum()).as("%s: refused", count).isGreaterThan(fair);
        });
  }

  @Test
  void everySampleIsRead() throws Exception {
    for (Decoder decoder : Decoders.all()) {
      for (byte[] sample : decoder.samples()) {
        if (decoder.name().equals("requests")) {
          continue; // some of them are to be refused
        }
        decoder.reader().read(sample.clone());
      }
    }
  }

  @Test
  void anotherExceptionThanTheDecodersOwnIsAFailure() throws InterruptedException {
    assertThat(failures(FuzzerTest::throwUnlessSample, 100))
        .isNotEmpty()
        .allSatisfy(failure -> assertThat(failure).contains("seed 1, input ", "not mine"));
  }

  private static void throwUnlessSample(byte[] bytes) {
    if (bytes.length != SAMPLE.length) {
      throw new IllegalStateException("not mine");
    }
  }

  @Test
  void moreMemoryThanTheInputCanAskForIsAFailure() throws InterruptedException {
    List<byte[]> held = new ArrayList<>();
    assertThat(failures(bytes -> held.add(new byte[1 << 20]), 10)).hasSize(10);
  }

  @Test
  void aDecoderThatDoesNotComeToAnEndIsAFailure() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    Decoder.Reader endless =
        bytes -> {
          while (!over.get()) {
            Thread.onSpinWait();
          }
        };
    assertThat(failures(endless, 1)).singleElement().asString().contains("does not come to an end");
    over.set(true);
  }

  private static List<String> failures(Decoder.Reader reader, long inputs)
      throws InterruptedException {
    Decoder decoder =
        new Decoder("bad", List.of(SAMPLE), true, IllegalArgumentException.class, 4096, reader);
    return new Fuzzer(List.of(decoder), 1, Duration.ofMillis(100)).run(0, inputs, 1);
  }
}
