package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.online.Holidays;
import io.trimtab.forecast.online.Leak;
import io.trimtab.forecast.online.Occasions;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.model.UsageSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What all pods of a workload's container use of one resource together, minute by minute: each counts with its newest sample. */
final class Together {
    private static final int MINUTE_SECONDS = 60;
    private static final long NEVER = Long.MIN_VALUE;

    final Followed followed;

    /** As of the newest refit, which others need not wait for. */
    private volatile Optional<Leak> leak = Optional.empty();

    private Optional<String> image = Optional.empty();
    private OptionalLong deployedAtSeconds = OptionalLong.empty();

    private final Map<PodId, Newest> newest = new HashMap<>();

    private record Newest(long atSeconds, double amount) {}

    private record Sample(long atSeconds, PodId pod, double amount) {}

    Together(Followed followed) {
        this.followed = followed;
    }

    Optional<Leak> leak() {
        return leak;
    }

    /** Another image than the one before is a deploy. */
    void runs(String newImage, Instant now) {
        if (image.filter(before -> !before.equals(newImage)).isPresent())
            deployedAtSeconds = OptionalLong.of(now.getEpochSecond());
        image = Optional.of(newImage);
    }

    /** Of memory only: what rises is looked for once an hour, with each refit. */
    void refit(Resource resource, Holidays holidays) {
        followed.refit(new Occasions(deployedAtSeconds, holidays));
        if (resource == Resource.MEMORY) leak = Leak.find(followed.hours());
    }

    /** Samples of pods whose minute was counted already count from the next minute on. */
    void add(List<UsageSeries> ofPods) {
        List<Sample> samples = new ArrayList<>();
        for (UsageSeries one : ofPods) {
            long[] atSeconds = one.atSeconds();
            double[] amounts = one.amounts();
            for (int i = 0; i < amounts.length; i++)
                samples.add(new Sample(atSeconds[i], one.container().pod(), amounts[i]));
        }
        samples.sort(Comparator.comparingLong(Sample::atSeconds).thenComparing(Sample::pod));
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            newest.merge(
                    sample.pod(),
                    new Newest(sample.atSeconds(), sample.amount()),
                    (before, now) -> now.atSeconds() > before.atSeconds() ? now : before);
            boolean lastOfMinute =
                    i + 1 == samples.size() || minute(samples.get(i + 1).atSeconds()) != minute(sample.atSeconds());
            if (lastOfMinute) count(minute(sample.atSeconds()));
        }
    }

    /** Nothing runs, so nothing is used. */
    void none(long atSeconds) {
        newest.clear();
        followed.add(minute(atSeconds) * MINUTE_SECONDS, 0);
    }

    private void count(long minute) {
        long end = (minute + 1) * MINUTE_SECONDS;
        newest.values().removeIf(value -> value.atSeconds() < end - HistogramForecaster.FRESH.toSeconds());
        double sum = 0;
        for (Newest value : newest.values()) sum += value.amount();
        followed.add(minute * MINUTE_SECONDS, sum);
    }

    private static long minute(long atSeconds) {
        return Math.floorDiv(atSeconds, MINUTE_SECONDS);
    }

    void write(StateWriter to) {
        followed.write(to);
        to.number(newest.size());
        newest.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            to.text(entry.getKey().namespace());
            to.text(entry.getKey().name());
            to.signed(entry.getValue().atSeconds());
            to.real(entry.getValue().amount());
        });
        Optional<Leak> found = leak;
        to.number(found.map(Leak::hours).orElse(0));
        found.ifPresent(it -> to.real(it.sharePerHour()));
        to.text(image.orElse(""));
        to.signed(deployedAtSeconds.orElse(NEVER));
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    static Together read(StateReader from) {
        Together together = new Together(Followed.read(from));
        for (int left = from.count(); left > 0; left--) {
            PodId pod = new PodId(from.text(), from.text());
            long atSeconds = from.signed();
            double amount = from.real();
            if (!(amount >= 0 && amount < Double.POSITIVE_INFINITY))
                throw new IllegalArgumentException("the amount (%s) of %s is none".formatted(amount, pod));
            together.newest.put(pod, new Newest(atSeconds, amount));
        }
        int hours = (int) Math.min(from.number(), Integer.MAX_VALUE);
        if (hours > 0) together.leak = Optional.of(new Leak(from.real(), hours));
        together.image = Optional.of(from.text()).filter(name -> !name.isEmpty());
        long deployed = from.signed();
        if (deployed != NEVER) together.deployedAtSeconds = OptionalLong.of(deployed);
        return together;
    }
}
