package io.trimtab.recommend.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.recommend.PodReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each well-known trouble of the stock VPA, and what Trimtab's own numbers do about it. The newest sample is at a Monday's midnight. */
class TrimtabSizingTest {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final int DAY = 288;

    /** The stock VPA's 90th percentile is idle after a weekend. */
    @ParameterizedTest(name = "peak of {0} h")
    @ValueSource(ints = {4, 8})
    void aWeekendIsNotForgottenByMonday(int peakHours) {
        UsageRun cpu = run(Resource.CPU, 14, i -> {
            int day = i / DAY % 7;
            int hour = i / 12 % 24;
            return day < 5 && hour >= 9 && hour < 9 + peakHours ? 1 : 0.1;
        });
        assertThat(milli(size(SizingPolicy.TRIMTAB, requests("2", "1Gi"), List.of(), cpu)))
                .isBetween(950L, 1100L);
        assertThat(milli(size(SizingPolicy.VPA, requests("2", "1Gi"), List.of(), cpu)))
                .as("the stock VPA's")
                .isLessThan(200);
    }

    @Test
    void aLimitThatFollowsIsReachedForFiveMinutesADayAtMost() {
        Random random = new Random(1);
        UsageRun cpu = run(Resource.CPU, 14, i -> Math.max(0, 1 + 0.3 * random.nextGaussian()));
        Requirements limited = new Requirements(
                Optional.of(new MilliCores(2000)),
                Optional.empty(),
                Optional.of(new MilliCores(2000)),
                Optional.empty(),
                GpuMilli.ZERO);
        RightsizeAnswer answer = size(SizingPolicy.TRIMTAB, limited, List.of(), cpu);
        assertThat(answer.throttledMinutesPerDay().orElseThrow().after()).isLessThanOrEqualTo(5.0);
        assertThat(milli(answer)).as("no more than needed").isLessThan(2000);
        RightsizeAnswer vpa = size(SizingPolicy.VPA, limited, List.of(), cpu);
        assertThat(vpa.throttledMinutesPerDay().orElseThrow().after())
                .as("the stock VPA's")
                .isGreaterThan(5);
    }

    /** One of 50 pods was killed, was never sampled for CPU, and is gone. */
    @ParameterizedTest(name = "{0} days ago")
    @ValueSource(ints = {0, 1, 6, 12})
    void aKillCannotBeMissed(int daysAgo) {
        UsageRun[] fifty = new UsageRun[50];
        Random random = new Random(2);
        Arrays.setAll(
                fifty,
                pod -> run("pod-" + pod, Resource.MEMORY, 14, i -> (400 + 8 * random.nextDouble()) * Samples.MIB));
        Requirements now = requests("500m", "512Mi");
        long without = bytes(size(SizingPolicy.TRIMTAB, now, List.of(), fifty));
        MemoryKill kill = kill(daysAgo);
        long with = bytes(size(SizingPolicy.TRIMTAB, now, List.of(kill), fifty));
        assertThat(with).isGreaterThanOrEqualTo((long) (1.2 * (512L << 20)));
        assertThat(with - without).isGreaterThanOrEqualTo(100L << 20);
        assertThat(bytes(size(SizingPolicy.TRIMTAB, now, List.of(kill, kill(daysAgo), kill(daysAgo)), fifty)))
                .as("kills at the same size do not ratchet")
                .isEqualTo(with);
    }

    @Test
    void aLeakIsNamedAndNotFed() {
        Random random = new Random(3);
        UsageRun memory = run(
                Resource.MEMORY,
                7,
                i -> (150 + 300.0 * (i % (2 * DAY)) / (2 * DAY) + random.nextDouble()) * Samples.MIB);
        UsageRun cpu = run(Resource.CPU, 7, i -> 0.1 + 0.01 * random.nextDouble());
        RightsizeAnswer answer =
                size(SizingPolicy.TRIMTAB, requests("500m", "448Mi"), List.of(kill(0), kill(2)), memory, cpu);
        assertThat(answer.shape()).isEqualTo(DemandShape.LEAK);
        assertThat(answer.sizing().memory()).contains(Range.only(Bytes.parse("448Mi")));
        assertThat(answer.reasons()).anyMatch(PodReason.LeakNotFed.class::isInstance);
        assertThat(bytes(size(SizingPolicy.VPA, requests("500m", "448Mi"), List.of(kill(0), kill(2)), memory, cpu)))
                .as("the stock VPA feeds it")
                .isGreaterThan(448L << 20);
    }

    @Test
    void steadyMemoryNeedsLittleMoreThanItUses() {
        UsageRun memory = run(Resource.MEMORY, 14, i -> (1000 + i % 7) * Samples.MIB);
        RightsizeAnswer answer = size(SizingPolicy.TRIMTAB, requests("1", "2Gi"), List.of(), memory);
        assertThat(bytes(answer)).isBetween((long) (1005 * Samples.MIB), (long) (1150 * Samples.MIB));
        assertThat(answer.oomPerWeek().orElseThrow().after()).isLessThanOrEqualTo(0.01);
    }

    /** Idle weekends, or one pod that leads, are no reason to ask for many times the highest peak. */
    @Test
    void peaksOfTwoKindsAskForLittleMoreThanTheHigher() {
        UsageRun weekdays = run(Resource.MEMORY, 14, i -> (i / DAY % 7 < 5 ? 2048 : 200) * Samples.MIB);
        assertThat(bytes(size(SizingPolicy.TRIMTAB, requests("1", "2Gi"), List.of(), weekdays)))
                .isBetween(2048L << 20, 2400L << 20);
        UsageRun leader = run("a", Resource.MEMORY, 14, i -> 4096 * Samples.MIB);
        UsageRun follower = run("b", Resource.MEMORY, 14, i -> 100 * Samples.MIB);
        assertThat(bytes(size(SizingPolicy.TRIMTAB, requests("1", "2Gi"), List.of(), leader, follower)))
                .isBetween(4096L << 20, 4800L << 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void moreUsageNeverAsksForLess(long seed) {
        Random random = new Random(seed);
        double[] daily = random.doubles(14, 50, 3000).toArray();
        double[] cores = random.doubles(14, 0.05, 3).toArray();
        for (int raised = 0; raised < 14; raised++) {
            int at = raised;
            RightsizeAnswer before = size(
                    SizingPolicy.TRIMTAB,
                    requests("1", "1Gi"),
                    List.of(),
                    run(Resource.MEMORY, 14, i -> daily[i / DAY] * Samples.MIB),
                    run(Resource.CPU, 14, i -> cores[i / DAY]));
            RightsizeAnswer after = size(
                    SizingPolicy.TRIMTAB,
                    requests("1", "1Gi"),
                    List.of(),
                    run(Resource.MEMORY, 14, i -> daily[i / DAY] * (i / DAY == at ? 2 : 1) * Samples.MIB),
                    run(Resource.CPU, 14, i -> cores[i / DAY] * (i / DAY == at ? 2 : 1)));
            assertThat(bytes(after)).isGreaterThanOrEqualTo(bytes(before));
            assertThat(milli(after)).isGreaterThanOrEqualTo(milli(before));
        }
    }

    /** What it would take beyond its limit cannot be seen. */
    @Test
    void whoStandsAtItsLimitGetsMore() {
        Requirements limited = new Requirements(
                Optional.of(new MilliCores(500)),
                Optional.empty(),
                Optional.of(new MilliCores(500)),
                Optional.empty(),
                GpuMilli.ZERO);
        UsageRun twoHoursADay = run(Resource.CPU, 14, i -> i % DAY < 24 ? 0.5 : 0.1);
        RightsizeAnswer answer = size(SizingPolicy.TRIMTAB, limited, List.of(), twoHoursADay);
        assertThat(milli(answer)).isGreaterThanOrEqualTo(570);
        assertThat(answer.cpuLimit().orElseThrow().value()).isGreaterThanOrEqualTo(570);
        Requirements raised = new Requirements(
                Optional.of(new MilliCores(milli(answer))),
                Optional.empty(),
                answer.cpuLimit(),
                Optional.empty(),
                GpuMilli.ZERO);
        assertThat(milli(size(SizingPolicy.TRIMTAB, raised, List.of(), twoHoursADay)))
                .as("what was given is not taken back by the same samples")
                .isEqualTo(milli(answer));
    }

    @Test
    void howeverMuchIsAcceptedNineOfTenMinutesAreCovered() {
        UsageRun busy = run(Resource.CPU, 14, i -> i % DAY < 276 ? 1.5 : 0.01);
        var recent = UsageReplay.of(
                        Samples.input(SizingPolicy.TRIMTAB, requests("1", "1Gi"), Optional.empty(), List.of(), busy))
                .recent();
        var lax = new AcceptedRisk(0.01, 1000);
        assertThat(RiskSizing.size(recent, requests("1", "1Gi"), LimitRules.RATIO, lax)
                        .cpu()
                        .orElseThrow()
                        .target()
                        .value())
                .isGreaterThan(1400);
    }

    @Test
    void smallContainersMayBeSmall() {
        RightsizeAnswer answer = size(
                SizingPolicy.TRIMTAB,
                requests("100m", "256Mi"),
                List.of(),
                run(Resource.CPU, 14, i -> 0.002),
                run(Resource.MEMORY, 14, i -> 5 * Samples.MIB));
        assertThat(milli(answer)).isLessThanOrEqualTo(10);
        assertThat(bytes(answer)).isEqualTo(16L << 20);
    }

    @Test
    void whoKnowsFewDaysAsksForMore() {
        long young = milli(size(SizingPolicy.TRIMTAB, requests("1", "1Gi"), List.of(), run(Resource.CPU, 1, i -> 1)));
        long old = milli(size(SizingPolicy.TRIMTAB, requests("1", "1Gi"), List.of(), run(Resource.CPU, 8, i -> 1)));
        assertThat(young).isGreaterThan((long) (1.05 * old));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void laws(long seed) {
        Random random = new Random(seed);
        double[] cores = random.doubles(4 * DAY, 0.05, 3).toArray();
        double[] mebibytes = random.doubles(4 * DAY, 50, 3000).toArray();
        UsageRun cpu = run(Resource.CPU, 4, i -> cores[i]);
        UsageRun memory = run(Resource.MEMORY, 4, i -> mebibytes[i] * Samples.MIB);
        UsageRun other = run("b", Resource.CPU, 4, i -> cores[cores.length - 1 - i]);
        Requirements now = requests("1", "1Gi");
        RightsizeAnswer answer = size(SizingPolicy.TRIMTAB, now, List.of(), cpu, memory, other);
        assertThat(size(SizingPolicy.TRIMTAB, now, List.of(), other, memory, cpu)
                        .sizing())
                .as("the order of pods does not matter")
                .isEqualTo(answer.sizing());
        RightsizeAnswer twice = size(
                SizingPolicy.TRIMTAB,
                now,
                List.of(),
                run(Resource.CPU, 4, i -> 2 * cores[i]),
                run(Resource.MEMORY, 4, i -> 2 * mebibytes[i] * Samples.MIB),
                run("b", Resource.CPU, 4, i -> 2 * cores[cores.length - 1 - i]));
        assertThat((double) milli(twice) / milli(answer)).as("twice the usage").isBetween(1.9, 2.1);
        assertThat((double) bytes(twice) / bytes(answer)).isBetween(1.99, 2.01);
        Range<MilliCores> range = answer.sizing().cpu().orElseThrow();
        assertThat(range.target()).isBetween(range.lower(), range.upper());
        Range<Bytes> bytes = answer.sizing().memory().orElseThrow();
        assertThat(bytes.target()).isBetween(bytes.lower(), bytes.upper());
    }

    private static RightsizeAnswer size(
            SizingPolicy policy, Requirements now, List<MemoryKill> kills, UsageRun... runs) {
        List<MemoryKill> named = new ArrayList<>(kills);
        return PodRecommender.rightsize(Samples.input(policy, now, Optional.empty(), named, runs));
    }

    private static MemoryKill kill(int daysAgo) {
        var at = Samples.NOW.minus(Duration.ofDays(daysAgo)).minusSeconds(30);
        return new MemoryKill("gone", at, Bytes.parse("512Mi"), at);
    }

    private static UsageRun run(Resource resource, int days, IntToDoubleFunction amount) {
        return run("a", resource, days, amount);
    }

    private static UsageRun run(String pod, Resource resource, int days, IntToDoubleFunction amount) {
        return Samples.run(pod, resource, FIVE_MINUTES, days * DAY, amount);
    }

    private static Requirements requests(String cpu, String memory) {
        return new Requirements(
                Optional.of(MilliCores.parse(cpu)),
                Optional.of(Bytes.parse(memory)),
                Optional.empty(),
                Optional.empty(),
                GpuMilli.ZERO);
    }

    private static long milli(RightsizeAnswer answer) {
        return answer.sizing().cpu().orElseThrow().target().value();
    }

    private static long bytes(RightsizeAnswer answer) {
        return answer.sizing().memory().orElseThrow().target().value();
    }
}
