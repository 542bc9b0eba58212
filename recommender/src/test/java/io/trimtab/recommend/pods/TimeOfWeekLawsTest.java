package io.trimtab.recommend.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.ContainerUsage;
import io.trimtab.forecast.RecentDays;
import io.trimtab.forecast.UsageAggregate;
import io.trimtab.forecast.sketch.EvenHistogram;
import io.trimtab.recommend.PodReason.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Days of any shape: three weeks of hours that use what they like, and the same day plan asked for at any moment after them. */
class TimeOfWeekLawsTest {
    private static final Instant MONDAY = Instant.parse("2026-11-02T00:00:00Z");
    private static final double BAND = 0.1;
    private static final int DAY_HOURS = 24;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyHourIsCoveredAndAPlanStands(long seed) {
        Random random = new Random(seed);
        RecentDays recent = used(random);
        MilliCores wholeWeek = size(recent.cpu().even());
        for (int i = 0; i < 40; i++) {
            Instant now = MONDAY.plus(Duration.ofDays(21)).plusSeconds(random.nextInt(7 * 86_400));
            MilliCores request = new MilliCores(1 + random.nextInt((int) (1.5 * wholeWeek.value())));
            List<Step> steps = steps(recent, now, request, wholeWeek);
            List<EvenHistogram> hours = recent.cpuByHour(now, DAY_HOURS);
            if (steps.isEmpty()) {
                for (int hour = 0; hour + 1 < DAY_HOURS; hour++) {
                    long here = size(hours.get(hour)).value();
                    long next = size(hours.get(hour + 1)).value();
                    assertThat(Math.max(here, next))
                            .as("hour %d or the one after it", hour)
                            .isGreaterThanOrEqualTo((long) ((1 - BAND) * wholeWeek.value()));
                }
                continue;
            }
            List<MilliCores> byHour = byHour(steps);
            assertThat(byHour).hasSize(DAY_HOURS);
            for (int hour = 0; hour < DAY_HOURS; hour++)
                assertThat(1.05 * byHour.get(hour).value())
                        .as("hour %d of %s", hour, steps)
                        .isGreaterThanOrEqualTo(Math.min(
                                wholeWeek.value(), size(hours.get(hour)).value()));
            assertThat(steps.stream().filter(step -> !step.request().equals(request)))
                    .as("no step is above what the whole week needs")
                    .allMatch(step -> step.request().compareTo(wholeWeek) <= 0);
            Step first = steps.getFirst();
            assertThat(steps(recent, now, first.request(), wholeWeek).getFirst().request())
                    .as("once done it stays")
                    .isEqualTo(first.request());
            assertThat(cost(steps, request, wholeWeek))
                    .as("no more than the whole week's request for all of the day")
                    .isLessThanOrEqualTo((DAY_HOURS + 0.5) * wholeWeek.value() + steps.size());
        }
    }

    private static List<Step> steps(RecentDays recent, Instant now, MilliCores request, MilliCores wholeWeek) {
        return TimeOfWeek.steps(recent, now, request, wholeWeek, BAND, TimeOfWeekLawsTest::size);
    }

    private static MilliCores size(EvenHistogram hour) {
        return new MilliCores((long) Math.ceil(1000 * hour.quantile(0.93)));
    }

    private static List<MilliCores> byHour(List<Step> steps) {
        List<MilliCores> byHour = new ArrayList<>();
        for (Step step : steps) for (int hour = 0; hour < step.lasts().toHours(); hour++) byHour.add(step.request());
        return byHour;
    }

    private static double cost(List<Step> steps, MilliCores request, MilliCores wholeWeek) {
        double cost = 0;
        MilliCores before = request;
        for (Step step : steps) {
            if (!step.request().equals(before)) cost += 0.5 * wholeWeek.value();
            cost += step.request().value() * step.lasts().toHours();
            before = step.request();
        }
        return cost;
    }

    private static RecentDays used(Random random) {
        UsageAggregate aggregate = UsageAggregate.empty();
        ContainerUsage usage = aggregate.container();
        double[] ofHour = random.doubles(168, 0.05, 1).toArray();
        int runs = 1 + random.nextInt(12);
        for (int hour = 0; hour < 21 * DAY_HOURS; hour++) {
            double level = ofHour[hour % 168 / runs * runs];
            for (int i = 0; i < 12; i++)
                usage.addCpu(MONDAY.plusSeconds(3600L * hour + 300L * i), level * (1 + 0.05 * random.nextGaussian()));
        }
        return aggregate.recent();
    }
}
