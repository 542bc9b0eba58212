package io.trimtab.forecast;

import io.trimtab.forecast.HistogramForecaster.Newest;
import io.trimtab.forecast.HistogramForecaster.Source;
import io.trimtab.forecast.groups.PodUse;
import io.trimtab.forecast.starts.StartUnderWay;
import io.trimtab.forecast.starts.Starts;
import io.trimtab.ingest.model.UsageSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Takes in the CPU samples of all pods of one container's name: each by itself, what starts use, and each pod beside the others. */
final class CpuIntake {
    private static final long MINUTE_SECONDS = 60;

    /** Of two that differ nobody knows which one is the odd one. */
    private static final int FEWEST_COMPARED = 3;

    private CpuIntake() {}

    record SourceSeries(Source source, UsageSeries series) {}

    private record Sample(Source source, long atSeconds, double cores, Duration spreadOver) {}

    /** Those of all pods in the order of their times, as the hours of the week want it. */
    static void add(Starts starts, List<SourceSeries> ofPods) {
        List<Sample> samples = new ArrayList<>();
        for (SourceSeries one : ofPods) {
            long[] atSeconds = one.series().atSeconds();
            double[] cores = one.series().amounts();
            for (int i = 0; i < cores.length; i++)
                samples.add(new Sample(
                        one.source(), atSeconds[i], cores[i], one.series().spreadOver()));
        }
        if (ofPods.size() > 1) samples.sort(Comparator.comparingLong(Sample::atSeconds));
        List<Sample> settled = new ArrayList<>();
        for (Sample sample : samples) {
            Instant at = Instant.ofEpochSecond(sample.atSeconds());
            Source source = sample.source();
            if (!source.usage.addCpu(at, sample.cores())) continue;
            source.cpu = new Newest(at, sample.cores());
            Running running = source.running;
            if (running == null) continue;
            if (StartUnderWay.mayTell(running.startedAt(), sample.atSeconds())) start(source, running, sample, starts);
            else {
                source.start = null;
                settled.add(sample);
            }
        }
        compare(settled);
    }

    private static void start(Source source, Running running, Sample sample, Starts starts) {
        if (sample.atSeconds() < running.startedAt().getEpochSecond()) return;
        StartUnderWay start = source.start;
        if (start == null || !start.isOf(running.startedAt())) {
            start = new StartUnderWay(running.startedAt());
            source.start = start;
        }
        start.add(
                sample.atSeconds(),
                sample.cores(),
                sample.spreadOver(),
                running.readySeconds(),
                running.limitCores(),
                starts);
    }

    /** Minute by minute; what a pod does in its first half hour is its start's. */
    private static void compare(List<Sample> samples) {
        for (int from = 0, to; from < samples.size(); from = to) {
            double sum = 0;
            for (to = from; to < samples.size() && minute(samples.get(to)) == minute(samples.get(from)); to++)
                sum += samples.get(to).cores();
            if (to - from < FEWEST_COMPARED) continue;
            double mean = sum / (to - from);
            for (Sample sample : samples.subList(from, to)) {
                if (sample.source().use == null) sample.source().use = new PodUse();
                sample.source().use.add(sample.atSeconds(), sample.cores(), mean);
            }
        }
    }

    private static long minute(Sample sample) {
        return Math.floorDiv(sample.atSeconds(), MINUTE_SECONDS);
    }
}
