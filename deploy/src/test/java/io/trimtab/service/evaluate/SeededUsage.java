package io.trimtab.service.evaluate;

import java.math.BigDecimal;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.Supplier;

/** Documents of kind {@code rightsize} that depend on their seed alone: up to four pods with gaps, restarts of the clock, kills seen late. */
final class SeededUsage {
    private static final long NOW = 1_795_392_000;

    private SeededUsage() {}

    static String document(long seed) {
        Random random = new Random(seed);
        int pods = 1 + random.nextInt(4);
        int step = new int[] {15, 60, 300, 3600, 14_400}[random.nextInt(5)];
        int samples = 2 + random.nextInt(120);
        int containers = 1 + random.nextInt(3);
        int baseMilli = new int[] {2, 40, 700, 5000}[random.nextInt(4)];
        int baseMebibytes = new int[] {5, 90, 900, 20_000}[random.nextInt(4)];
        StringJoiner series = new StringJoiner(",");
        for (int pod = 0; pod < pods; pod++) {
            long start = NOW - (long) step * samples + random.nextInt(2 * step) - step;
            series.add(series("p" + pod, "cpu", start, step, values(random, samples, () -> cores(random, baseMilli))));
            series.add(series(
                    "p" + pod, "memory", start, step, values(random, samples, () -> bytes(random, baseMebibytes))));
        }
        StringJoiner events = new StringJoiner(",");
        int kills = random.nextInt(3);
        for (int i = 0; i < kills; i++) {
            long at = NOW - random.nextInt(step * samples);
            events.add("{\"type\":\"oom\",\"pod\":\"p%d\",\"at\":%d,\"seen\":%d,\"memory\":\"%dMi\"}"
                    .formatted(
                            random.nextInt(pods), at, at + random.nextInt(900), 1 + random.nextInt(2 * baseMebibytes)));
        }
        return "{\"policy\":\"vpa\",\"now\":%d,\"containers\":%d,\"series\":[%s],\"events\":[%s]}"
                .formatted(NOW, containers, series, events);
    }

    private static String series(String pod, String resource, long start, int step, String values) {
        return "{\"pod\":\"%s\",\"resource\":\"%s\",\"start\":%d,\"step\":\"%ds\",\"values\":[%s]}"
                .formatted(pod, resource, start, step, values);
    }

    private static String values(Random random, int count, Supplier<String> value) {
        StringJoiner values = new StringJoiner(",");
        for (int i = 0; i < count; i++) values.add(random.nextInt(20) == 0 ? "null" : value.get());
        return values.toString();
    }

    private static String cores(Random random, int baseMilli) {
        return BigDecimal.valueOf((long) (baseMilli * 10 * skewed(random)), 4).toPlainString();
    }

    private static String bytes(Random random, int baseMebibytes) {
        return Long.toString((long) (baseMebibytes * 1_048_576.0 * skewed(random)));
    }

    /** Mostly near 1, now and then up to 9. */
    private static double skewed(Random random) {
        double uniform = random.nextDouble();
        return 0.5 + uniform + 7.5 * power16(uniform);
    }

    /** By multiplication alone, whose bits are the same everywhere. */
    private static double power16(double x) {
        double fourth = x * x * x * x;
        return fourth * fourth * fourth * fourth;
    }
}
