package io.trimtab.recommend.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.ContainerUsage;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.UsageAggregate;
import io.trimtab.forecast.online.Accuracy;
import io.trimtab.ingest.model.ContainerSpec;
import io.trimtab.ingest.model.CpuAndMemory;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.pods.Confidence.Doubt;
import io.trimtab.recommend.pods.RightsizeAnswer.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodEvidenceTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int DAY = 1440;

    /** Hours that were judged and the share that P95 covered; without them nothing was. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        a whole week, sample by sample   | 7 | 2016  | false | 24 | 0.9  | HIGH   | -
        no forecast was judged           | 7 | 2016  | false | -  | -    | HIGH   | -
        memory leaks                     | 7 | 2016  | true  | 24 | 0.9  | LOW    | LEAK
        nothing                          | 0 | 0     | false | -  | -    | LOW    | DAYS
        one day                          | 1 | 1440  | false | -  | -    | LOW    | DAYS
        two days                         | 2 | 2880  | false | -  | -    | MEDIUM | DAYS
        a day short of a week            | 6 | 8640  | false | -  | -    | MEDIUM | DAYS
        one sample short                 | 7 | 2015  | false | -  | -    | MEDIUM | SAMPLES
        hardly a sample                  | 7 | 99    | false | -  | -    | LOW    | SAMPLES
        as few as may be                 | 7 | 100   | false | -  | -    | MEDIUM | SAMPLES
        peaks were not foreseen          | 7 | 2016  | false | 24 | 0.89 | MEDIUM | FORECAST
        too early to judge that          | 7 | 2016  | false | 23 | 0.1  | HIGH   | -
        the lowest counts                | 3 | 99    | false | 24 | 0.1  | LOW    | SAMPLES
        of equal ones the first is named | 3 | 864   | false | 24 | 0.1  | MEDIUM | DAYS
        """)
    void confidence(
            String name,
            int days,
            long samples,
            boolean leaks,
            Integer hours,
            Double coverage,
            String level,
            Doubt why) {
        Optional<Accuracy> hourly =
                Optional.ofNullable(hours).map(judged -> new Accuracy(judged, 1, 0.1, coverage, true));
        Confidence confidence = Confidence.of(days, samples, leaks, hourly);
        assertThat(confidence.level()).hasToString(level);
        assertThat(confidence.because()).isEqualTo(Optional.ofNullable(why));
    }

    /** Of one pod, memory is KRR's to the MiB and CPU is within a bucket; of several pods CPU is no more than KRR's. */
    @ParameterizedTest(name = "seed 1, {0} pods")
    @ValueSource(ints = {1, 5})
    void krrFromWhatIsKeptByDay(int pods) {
        Random random = new Random(1);
        UsageRun[] runs = new UsageRun[2 * pods];
        for (int pod = 0; pod < pods; pod++) {
            double level = 0.2 + 0.1 * pod;
            String name = "pod-" + pod;
            runs[2 * pod] = Samples.run(
                    name, Resource.CPU, MINUTE, 5 * DAY, i -> Math.max(0, level + 0.1 * random.nextGaussian()));
            runs[2 * pod + 1] = Samples.run(
                    name, Resource.MEMORY, MINUTE, 5 * DAY, i -> (300 + 20 * random.nextDouble()) * Samples.MIB);
        }
        RightsizeInput input = Samples.input(SizingPolicy.KRR, Requirements.NONE, Optional.empty(), List.of(), runs);
        Sizing exact = KrrSimple.size(input);
        CpuAndMemory kept = KrrSimple.of(UsageReplay.of(input).recent());
        long exactMilli = exact.cpu().orElseThrow().target().value();
        long keptMilli = kept.cpu().orElseThrow().value();
        assertThat(kept.memory()).isEqualTo(exact.memory().map(Range::target));
        if (pods == 1) assertThat((double) keptMilli).isCloseTo(exactMilli, within(0.05 * exactMilli));
        else assertThat(keptMilli).isLessThan(exactMilli);
    }

    @ParameterizedTest
    @CsvSource({"99, false", "100, true"})
    void krrWantsAHundredSamples(int samples, boolean known) {
        assertThat(evidence(Requirements.NONE, Requirements.NONE, samples, 0.1, 1e8)
                        .krr()
                        .cpu()
                        .isPresent())
                .isEqualTo(known);
    }

    /** A week of 1 core and 1 GiB at every minute. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        limits far away            | 2    | 2Gi   | 2    | 2Gi   | 0    | 0 | 0 | 0
        both limits are reached    | 500m | 512Mi | 500m | 512Mi | 1440 | 1 | 1 | 1440
        no limit harms nobody      | 500m | 512Mi | -    | -     | 0    | 0 | 1 | 1440
        no request covers nothing  | -    | -     | -    | -     | 0    | 0 | 1 | 1440
        """)
    void risk(
            String name,
            String cpuRequest,
            String memoryRequest,
            String cpuLimit,
            String memoryLimit,
            double throttled,
            double killed,
            double aboveMemory,
            double aboveCpu) {
        Requirements before = requirements(cpuRequest, memoryRequest, cpuLimit, memoryLimit);
        Requirements after = requirements("4", "8Gi", "4", "8Gi");
        PodRisk risk = evidence(before, after, 7 * DAY, 1, 1 << 30).risk();
        assertThat(risk.throttledMinutesPerDay().orElseThrow().before()).isEqualTo(throttled);
        assertThat(risk.oomPerWeek().orElseThrow().before()).isCloseTo(killed, within(1e-6));
        assertThat(risk.memoryAboveRequestPerWeek().orElseThrow().before()).isCloseTo(aboveMemory, within(1e-6));
        assertThat(risk.cpuAboveRequestMinutesPerDay().orElseThrow().before()).isEqualTo(aboveCpu);
        assertThat(risk.throttledMinutesPerDay().orElseThrow().after()).isZero();
        assertThat(risk.oomPerWeek().orElseThrow().after()).isLessThan(1e-6);
    }

    /** Two weeks of idle nights and a busy hour at 09:00, of which a tenth is above a core; at midnight the step that is asked for lasts some hours. */
    @ParameterizedTest(name = "a step of {0} h: {1} minutes a day above the request, {2} before")
    @CsvSource({"8, 0, 1440", "10, 100, 1440", "24, 100, 1440"})
    void whereTheTimeOfTheWeekDecidesTheRiskIsThatOfTheHourThatAsksForMost(int hours, double after, double before) {
        UsageAggregate aggregate = UsageAggregate.empty();
        ContainerUsage usage = aggregate.container();
        Instant midnight = Instant.parse("2026-11-16T00:00:00Z");
        for (int minute = 14 * DAY; minute > 0; minute--) {
            Instant at = midnight.minus(MINUTE.multipliedBy(minute));
            boolean busy = at.atZone(ZoneOffset.UTC).getHour() == 9;
            usage.addCpu(at, busy ? (minute % 10 == 0 ? 2 : 0.9) : 0.3);
        }
        Requirements asked = requirements("1", "1Gi", null, null);
        PodReason.Step step = new PodReason.Step(MilliCores.parse("1"), Duration.ofHours(hours));
        PodRisk risk = PodEvidence.of(
                        demand(aggregate, requirements("100m", "1Gi", null, null)),
                        asked,
                        AcceptedRisk.DEFAULT,
                        Optional.empty(),
                        List.of(new PodReason.TimeOfWeek(List.of(step), MilliCores.parse("2"))),
                        midnight)
                .risk();
        Change above = risk.cpuAboveRequestMinutesPerDay().orElseThrow();
        assertThat(above.after()).isCloseTo(after, within(25.0));
        assertThat(above.before()).isCloseTo(before, within(1e-6));
    }

    @Test
    void withoutASampleNothingIsKnown() {
        PodEvidence nothing = evidence(Requirements.NONE, Requirements.NONE, 0, 1, 1);
        assertThat(nothing.since()).isEmpty();
        assertThat(nothing.risk())
                .isEqualTo(new PodRisk(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(nothing.krr()).isEqualTo(CpuAndMemory.NONE);
        assertThat(nothing.stockVpa()).isEqualTo(CpuAndMemory.NONE);
    }

    private static PodEvidence evidence(
            Requirements before, Requirements after, int minutes, double cores, double bytes) {
        UsageAggregate aggregate = UsageAggregate.empty();
        ContainerUsage usage = aggregate.container();
        for (int minute = minutes; minute > 0; minute--) {
            Instant at = Samples.NOW.minus(MINUTE.multipliedBy(minute));
            usage.addCpu(at, cores);
            usage.addMemory(at, bytes);
        }
        return PodEvidence.of(
                demand(aggregate, before), after, AcceptedRisk.DEFAULT, Optional.empty(), List.of(), Samples.NOW);
    }

    private static Demand demand(UsageAggregate aggregate, Requirements now) {
        return new Demand(
                new WorkloadId("shop", "Deployment", "cart"),
                new ContainerSpec("app", "image", now),
                1,
                3,
                aggregate.cpu(),
                aggregate.memory(),
                aggregate.recent(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                aggregate.history());
    }

    private static Requirements requirements(
            String cpuRequest, String memoryRequest, String cpuLimit, String memoryLimit) {
        return new Requirements(
                Optional.ofNullable(cpuRequest).map(MilliCores::parse),
                Optional.ofNullable(memoryRequest).map(Bytes::parse),
                Optional.ofNullable(cpuLimit).map(MilliCores::parse),
                Optional.ofNullable(memoryLimit).map(Bytes::parse),
                GpuMilli.ZERO);
    }
}
