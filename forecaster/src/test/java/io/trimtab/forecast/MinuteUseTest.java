package io.trimtab.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.Pod;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.PodPhase;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageSeries;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sample of each pod a minute. */
class MinuteUseTest {
    private static final Instant START = Instant.parse("2026-11-30T00:00:00Z");

    private final MinuteUse use = new MinuteUse();
    private final Map<PodId, Pod> pods = new HashMap<>();

    /** Created at a minute and ready after so many seconds; negative: never. */
    @ParameterizedTest(name = "ready after {0} s: its sample of minute {1} counts: {2}")
    @CsvSource(textBlock = """
        30,  0, false
        30,  10, false
        30,  11, true
        120, 11, false
        120, 12, true
        900, 24, false
        900, 25, true
        -1,  30, false
        """)
    void aSampleCountsWhenItsWindowLiesAfterTheStart(int readyAfter, int minute, boolean counts) {
        for (int i = 0; i <= minute; i++) {
            Instant now = START.plus(Duration.ofMinutes(i));
            boolean ready = readyAfter >= 0 && !now.isBefore(START.plusSeconds(readyAfter));
            put("new", START, ready ? Optional.of(START.plusSeconds(readyAfter)) : Optional.empty());
            minute(i, "new", 3);
        }
        double newest = newest();
        if (counts) assertThat(newest).isEqualTo(3);
        else assertThat(newest).isNaN();
    }

    @Test
    void addsUpPodsAndTheirContainers() {
        serving("a", "b");
        use.add(List.of(cpu("a", "app", 0, 1), cpu("a", "side", 0, 0.5), cpu("b", "app", 0, 2)), pods, START);

        assertThat(newest()).isEqualTo(3.5);
    }

    /** 40 cores are shared by all that are ready; what starts takes 5 cores a pod, of which nobody is served. A quarter more pods come first, then as many old ones go, until all are new. */
    @Test
    void aRolloutIsNoLoad() {
        for (int i = 0; i < 40; i++) serving("old-" + i);
        int minute = 0;
        for (; minute < 15; minute++) shared(minute, 40, minute);
        List<Double> seen = new ArrayList<>();
        for (int wave = 0; wave < 4; wave++) {
            for (int i = 0; i < 10; i++) put("new-" + (wave * 10 + i), at(minute), Optional.empty());
            for (int i = 0; i < 2; i++) seen.add(shared(minute++, 40, minute));
            for (int i = 0; i < 10; i++) {
                put("new-" + (wave * 10 + i), at(minute - 2), Optional.of(at(minute)));
                pods.remove(id("old-" + (wave * 10 + i)));
            }
            for (int i = 0; i < 3; i++) seen.add(shared(minute++, 40, minute));
        }
        for (int i = 0; i < 15; i++) seen.add(shared(minute++, 40, minute));

        assertThat(seen)
                .allSatisfy(cores -> assertThat(Double.isNaN(cores) || Math.abs(cores - 40) < 0.5)
                        .as("%s", seen)
                        .isTrue());
        assertThat(seen.stream().filter(cores -> Double.isNaN(cores)).count())
                .as("while less than a quarter of those that serve are measured: %s", seen)
                .isLessThanOrEqualTo(6);
        assertThat(seen.getLast()).isCloseTo(40, within(0.1));
    }

    /** The samples of those that stay are means of five minutes, so they show only later that fewer share the load, or more. */
    @ParameterizedTest(name = "from {0} pods to {1}")
    @CsvSource({"20, 10", "20, 15", "20, 30", "20, 40"})
    void podsThatLeaveOrJoinChangeNothing(int before, int after) {
        for (int i = 0; i < before; i++) serving("web-" + i);
        int minute = 0;
        for (; minute < 10; minute++) smoothed(minute, 60, before, before, 5);
        for (int i = after; i < before; i++) pods.remove(id("web-" + i));
        for (int i = before; i < after; i++) put("web-" + i, at(minute - 1), Optional.of(at(minute)));
        for (int since = 1; since <= 8; since++, minute++) {
            smoothed(minute, 60, before, after, Math.max(0, 5 - since));
            double newest = newest();
            if (since > 5 || after <= 2 * before - 1)
                assertThat(newest).as("minute %d", since).isCloseTo(60, within(1.5));
        }
    }

    @Test
    void withoutAPodNothingIsUsed() {
        serving("a");
        minute(0, "a", 2);
        use.none(at(1).getEpochSecond());

        assertThat(newest()).isZero();
    }

    /** They were deleted before anybody asked who they were. */
    @Test
    void ofPodsThatAreGoneTheFirstTenMinutesDoNotCount() {
        for (int i = 0; i <= 10; i++) {
            use.add(List.of(cpu("gone", "app", i, 4)), Map.of(), at(0).plus(Duration.ofDays(1)));
            if (i < 10) assertThat(newest()).isNaN();
        }
        assertThat(newest()).isEqualTo(4);
    }

    @Test
    void twoDaysAreKeptAndGapsStayGaps() {
        serving("a");
        minute(0, "a", 9);
        for (int i = 10; i < PastUse.MINUTES + 5; i++) minute(i, "a", i % 7);
        PastUse past = use.past(PastUse.MINUTES).orElseThrow();

        assertThat(past.newest()).isEqualTo(at(PastUse.MINUTES + 4));
        assertThat(past.cores())
                .as("the first minute is out, and the gap after it")
                .hasSize(PastUse.MINUTES - 5);
        assertThat(past.cores()[0]).isEqualTo(10 % 7);
        assertThat(use.past(3).orElseThrow().cores())
                .containsExactly((PastUse.MINUTES + 2) % 7, (PastUse.MINUTES + 3) % 7, (PastUse.MINUTES + 4) % 7);
    }

    @ParameterizedTest(name = "{0}: {1} s")
    @CsvSource(delimiter = '|', textBlock = """
        nothing seen            |                            | 90
        too few                 | 40 40                      | 90
        most are there by then  | 40 40 40 50 50 60 60 200   | 60
        one that was slow       | 40 40 40 40 1700           | 40
        ready again, days later | 40 40 40 90000 90000 90000 | 40
        """)
    void aPodStartIsWhatMostPodsTook(String name, String seconds, int usual) {
        if (seconds != null) {
            String[] each = seconds.split(" ");
            for (int i = 0; i < each.length; i++)
                put("pod-" + i, START.plusSeconds(i), Optional.of(START.plusSeconds(i + Long.parseLong(each[i]))));
        }
        for (int round = 0; round < 3; round++) use.add(List.of(), pods, START);

        assertThat(use.starts.usual()).isEqualTo(Duration.ofSeconds(usual));
    }

    @Test
    void aRestartChangesNothing() {
        serving("a", "b", "c");
        for (int i = 0; i < 200; i++) if (i % 50 != 7) minute(i, "a", i / 3.0);
        StateWriter writer = new StateWriter();
        use.write(writer);
        byte[] bytes = writer.toBytes();
        MinuteUse read = MinuteUse.read(new StateReader(bytes));

        assertThat(read.past(PastUse.MINUTES).orElseThrow().cores())
                .containsExactly(use.past(PastUse.MINUTES).orElseThrow().cores());
        assertThat(read.past(PastUse.MINUTES).orElseThrow().newest())
                .isEqualTo(use.past(PastUse.MINUTES).orElseThrow().newest());
        assertThat(read.starts.usual()).isEqualTo(use.starts.usual());
        for (int length = 0; length < bytes.length; length += 101) {
            var cut = new StateReader(Arrays.copyOf(bytes, length));
            assertThatIllegalArgumentException().isThrownBy(() -> MinuteUse.read(cut));
        }
    }

    /** One slow start among three quick ones is the usual one; were the quick ones counted again, it no longer would. */
    @Test
    void aRestartCountsNoStartAgain() {
        for (String quick : List.of("a", "b", "c")) put(quick, START, Optional.of(START.plusSeconds(10)));
        put("slow", START, Optional.of(START.plusSeconds(60)));
        use.add(List.of(), pods, at(2));
        pods.remove(id("slow"));
        StateWriter writer = new StateWriter();
        use.write(writer);
        MinuteUse read = MinuteUse.read(new StateReader(writer.toBytes()));
        read.add(List.of(), pods, at(3));

        assertThat(read.starts.usual()).isEqualTo(Duration.ofSeconds(60));
    }

    /** All that are ready share the cores; those that are not take 5 each. */
    private double shared(int minute, double cores, int now) {
        long ready =
                pods.values().stream().filter(pod -> pod.readyAt().isPresent()).count();
        List<UsageSeries> series = pods.values().stream()
                .map(pod -> cpu(pod.id().name(), "app", minute, pod.readyAt().isPresent() ? cores / ready : 5))
                .toList();
        use.add(series, pods, at(now));
        return newest();
    }

    private void smoothed(int minute, double cores, int before, int after, int minutesBefore) {
        double each = cores / before * minutesBefore / 5 + cores / after * (5 - minutesBefore) / 5;
        List<UsageSeries> series = pods.keySet().stream()
                .map(pod -> cpu(pod.name(), "app", minute, each))
                .toList();
        use.add(series, pods, at(minute));
    }

    private void minute(int minute, String pod, double cores) {
        use.add(List.of(cpu(pod, "app", minute, cores)), pods, at(minute));
    }

    private double newest() {
        return use.past(PastUse.MINUTES)
                .map(it -> it.cores()[it.cores().length - 1])
                .orElse(Double.NaN);
    }

    private void serving(String... names) {
        for (String name : names) put(name, START.minusSeconds(3600), Optional.of(START.minusSeconds(3570)));
    }

    private void put(String name, Instant created, Optional<Instant> ready) {
        pods.put(
                id(name),
                new Pod(
                        id(name),
                        Optional.of(new WorkloadId("shop", "Deployment", "web")),
                        Optional.of("n"),
                        PodPhase.RUNNING,
                        List.of(),
                        Map.of(),
                        Map.of(),
                        created,
                        Optional.of(created),
                        ready,
                        Optional.empty()));
    }

    private static PodId id(String name) {
        return new PodId("shop", name);
    }

    private static Instant at(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    private static UsageSeries cpu(String pod, String container, int minute, double cores) {
        return new UsageSeries(
                new ContainerId(id(pod), container),
                Resource.CPU,
                new long[] {at(minute).getEpochSecond()},
                new double[] {cores});
    }
}
