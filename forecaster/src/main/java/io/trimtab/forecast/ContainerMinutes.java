package io.trimtab.forecast;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodId;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a container told: its newest sample of the minutes that were counted, and those that wait. */
final class ContainerMinutes {
    static final int MINUTE_SECONDS = 60;
    private static final long NEVER = Long.MIN_VALUE;

    final ContainerId container;
    private Sample newest = new Sample(NEVER, 0);

    /** At most one a minute, the oldest first. */
    private final Deque<Sample> waiting = new ArrayDeque<>(2);

    record Sample(long atSeconds, double amount) {
        long minute() {
            return Math.floorDiv(atSeconds, MINUTE_SECONDS);
        }
    }

    ContainerMinutes(ContainerId container) {
        this.container = container;
    }

    /**
     * What is not newer than what it told before counts for nothing.
     *
     * @param counted the newest minute that was; what is of it or older counts from the next one on
     * @return whether it waits
     */
    boolean tell(Sample sample, long counted) {
        Sample last = waiting.isEmpty() ? newest : waiting.getLast();
        if (sample.atSeconds() <= last.atSeconds()) return false;
        if (sample.minute() <= counted) {
            newest = sample;
            return false;
        }
        if (!waiting.isEmpty() && last.minute() == sample.minute()) waiting.removeLast();
        waiting.addLast(sample);
        return true;
    }

    boolean waits() {
        return !waiting.isEmpty();
    }

    /** @return whether it told of the minute */
    boolean count(long minute) {
        boolean told = !waiting.isEmpty() && waiting.getFirst().minute() == minute;
        if (told) newest = waiting.removeFirst();
        return told;
    }

    /** Of no meaning while it {@link #isSilentIn}. */
    double amount() {
        return newest.amount();
    }

    /** Whether it was not heard of for so long that nobody knows what it uses. */
    boolean isSilentIn(long minute) {
        return newest.atSeconds() < (minute + 1) * MINUTE_SECONDS - HistogramForecaster.FRESH.toSeconds();
    }

    void write(StateWriter to) {
        to.text(container.pod().namespace());
        to.text(container.pod().name());
        to.text(container.container());
        write(to, newest);
        to.number(waiting.size());
        waiting.forEach(sample -> write(to, sample));
    }

    private static void write(StateWriter to, Sample sample) {
        to.signed(sample.atSeconds());
        to.real(sample.amount());
    }

    /** @throws IllegalArgumentException if the bytes hold no such state */
    static ContainerMinutes read(StateReader from) {
        ContainerMinutes read = new ContainerMinutes(new ContainerId(new PodId(from.text(), from.text()), from.text()));
        read.newest = sample(from);
        for (int left = from.count(); left > 0; left--) read.waiting.addLast(sample(from));
        return read;
    }

    private static Sample sample(StateReader from) {
        Sample sample = new Sample(from.signed(), from.real());
        if (!(sample.amount() >= 0 && sample.amount() < Double.POSITIVE_INFINITY))
            throw new IllegalArgumentException("the amount (%s) is none".formatted(sample.amount()));
        return sample;
    }

    /** The minutes that wait, the oldest first. */
    long[] minutes() {
        return waiting.stream().mapToLong(Sample::minute).toArray();
    }
}
