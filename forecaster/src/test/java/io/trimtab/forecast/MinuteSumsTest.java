package io.trimtab.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinuteSumsTest {
    private static final long START = Instant.parse("2026-11-09T00:00:00Z").getEpochSecond();

    /** All but one run, and on no pool. */
    private static final MinuteSums.Places RUNNING = new MinuteSums.Places() {
        @Override
        public boolean runs(PodId pod) {
            return !pod.name().equals("gone");
        }

        @Override
        public Map<String, Double> pools(PodId pod) {
            return Map.of();
        }
    };

    private final List<String> counted = new ArrayList<>();
    private final MinuteSums sums = new MinuteSums();

    /** Each batch is {@code now: pod at=amount ...}, in seconds; what is counted, as {@code minute=sum}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        at first it waits for all that may come      | 10: a 0=1                                                   | ''
        what came is counted after the wait          | 10: a 0=1; 180:                                             | 0=1
        one comes seconds later in another batch     | 10: a 0=1; 20: b 10=5; 180:                                 | 0=6
        known ones are waited for, then all at once  | 10: a 0=1 b 5=5; 190: a 180=1; 195: b 185=5                 | 0=6, 3=6
        one that does not come counts as it was      | 10: a 0=1 b 5=5; 190: a 180=1; 360:                         | 0=6, 3=6
        one silent for five minutes counts no more   | 10: a 0=1 b 5=5; 800: a 600=1                               | 0=6, 10=1
        one that is gone is not waited for           | 10: a 0=1 gone 5=5; 190: a 180=1                            | 0=6, 3=1
        one that is gone counts in its own minutes   | 900: a 0=1 gone 5=5 a 60=1 gone 61=5 a 120=1                | 0=6, 1=6, 2=1
        too late for its minute counts from the next | 200: a 0=1; 210: b 10=5; 240: a 200=1 b 210=5               | 0=1, 3=6
        older than known counts for nothing          | 200: a 0=1 b 30=5; 210: b 10=9; 360: a 180=1                | 0=6, 3=6
        the newest of a minute counts                | 200: a 0=1 a 30=2 a 45=4                                    | 0=4
        a clock that runs ahead is not listened to   | 10: a 900=1; 2000:                                          | ''
        history is read minute by minute             | 9999: a 0=1 a 60=2 b 0=5 b 60=6 b 300=7                     | 0=6, 1=8, 5=9
        """)
    void counts(String name, String batches, String expected) {
        for (String batch : batches.split(";")) take(batch.strip());
        assertThat(String.join(", ", counted)).isEqualTo(expected);
    }

    /** However the samples of a steady cluster are spread over batches, the sum never dips and never doubles. */
    @Test
    void aSteadyClusterHasASteadySumSeed7() {
        Random random = new Random(7);
        for (int round = 0; round < 40; round++) {
            MinuteSums steady = new MinuteSums();
            List<Double> seen = new ArrayList<>();
            int pods = 2 + random.nextInt(8);
            int[] offsets = random.ints(pods, 0, 60).toArray();
            long read = -1;
            for (long now = 5 + random.nextInt(60); now < 3600; now += 20 + random.nextInt(50)) {
                List<UsageSeries> batch = new ArrayList<>();
                for (int pod = 0; pod < pods; pod++) {
                    long from = read;
                    long to = now;
                    int offset = offsets[pod];
                    long[] at = LongStream.rangeClosed(0, 60)
                            .map(minute -> minute * 60 + offset)
                            .filter(second -> second > from && second <= to)
                            .map(second -> START + second)
                            .toArray();
                    double[] amounts = new double[at.length];
                    Arrays.fill(amounts, 1);
                    if (at.length > 0) batch.add(new UsageSeries(container("p" + pod), Resource.CPU, at, amounts));
                }
                steady.take(batch, RUNNING, Instant.ofEpochSecond(START + now), (_, _, _, sum) -> seen.add(sum));
                read = now;
            }
            assertThat(seen).hasSizeGreaterThan(50).containsOnly((double) pods);
        }
    }

    @Test
    void aRestartGoesOnAsIfNothingHadHappened() {
        take("10: a 0=1 b 5=5");
        take("190: a 180=2");
        StateWriter writer = new StateWriter();
        sums.write(writer);
        MinuteSums restored = MinuteSums.read(new StateReader(writer.toBytes()));
        take(restored, "195: b 185=6");
        assertThat(counted).containsExactly("0=6", "3=8");
        byte[] bytes = writer.toBytes();
        for (int length = 0; length < bytes.length; length++) {
            StateReader cut = new StateReader(Arrays.copyOf(bytes, length));
            assertThatIllegalArgumentException().isThrownBy(() -> MinuteSums.read(cut));
        }
    }

    private void take(String batch) {
        take(sums, batch);
    }

    private void take(MinuteSums to, String batch) {
        String[] parts = batch.split(":", -1);
        List<UsageSeries> series = new ArrayList<>();
        String[] words =
                parts[1].strip().isEmpty() ? new String[0] : parts[1].strip().split(" ");
        Set<String> pods = new TreeSet<>();
        for (int i = 0; i < words.length; i += 2) pods.add(words[i]);
        for (String pod : pods) {
            List<String> samples = new ArrayList<>();
            for (int i = 0; i < words.length; i += 2) if (words[i].equals(pod)) samples.add(words[i + 1]);
            series.add(new UsageSeries(
                    container(pod),
                    Resource.CPU,
                    samples.stream()
                            .mapToLong(sample -> START + Long.parseLong(sample.split("=")[0]))
                            .toArray(),
                    samples.stream()
                            .mapToDouble(sample -> Double.parseDouble(sample.split("=")[1]))
                            .toArray()));
        }
        to.take(
                series,
                RUNNING,
                Instant.ofEpochSecond(START + Long.parseLong(parts[0].strip())),
                (_, _, at, sum) -> counted.add("%d=%.0f".formatted((at - START) / 60, sum)));
    }

    private static ContainerId container(String pod) {
        return new ContainerId(new PodId("shop", pod), "app");
    }
}
