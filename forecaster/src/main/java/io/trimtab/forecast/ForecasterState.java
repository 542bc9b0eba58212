package io.trimtab.forecast;

import io.trimtab.forecast.HistogramForecaster.Known;
import io.trimtab.forecast.HistogramForecaster.Newest;
import io.trimtab.forecast.HistogramForecaster.Source;
import io.trimtab.forecast.HistogramForecaster.Subject;
import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.groups.PodUse;
import io.trimtab.forecast.starts.StartUnderWay;
import io.trimtab.forecast.starts.Starts;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.WorkloadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All that a {@link HistogramForecaster} holds, to the last bit, so that one that was restored goes on as if it had never ended. */
record ForecasterState(Map<Subject, Known> subjects, Map<ContainerId, Source> sources) {
    /** Of the form below; a change of it, or of the buckets, takes the next one. */
    static final int VERSION = 6;

    /** Without what starts use, and what pods use beside the others. */
    private static final int OF_ALL_PODS_ALIKE = 5;

    void write(StateWriter to) {
        Map<Subject, Integer> numbers = new HashMap<>();
        to.number(subjects.size());
        subjects.forEach((subject, known) -> {
            numbers.put(subject, numbers.size());
            to.text(subject.workload().namespace());
            to.text(subject.workload().kind());
            to.text(subject.workload().name());
            to.text(subject.container());
            to.moment(known.seenAt);
            known.aggregate.write(to);
            known.starts.write(to);
        });
        to.number(sources.size());
        sources.forEach((id, source) -> {
            to.text(id.pod().namespace());
            to.text(id.pod().name());
            to.text(id.container());
            to.number(Objects.requireNonNull(numbers.get(source.subject)));
            source.usage.write(to);
            to.moment(source.seenAt);
            to.moment(source.lastKillAt.equals(Instant.MIN) ? null : source.lastKillAt);
            write(source.cpu, to);
            write(source.memory, to);
            StartUnderWay start = source.start;
            to.number(start == null ? 0 : 1);
            if (start != null) start.write(to);
            PodUse use = source.use;
            to.number(use == null ? 0 : 1);
            if (use != null) use.write(to);
        });
    }

    /** @throws IllegalArgumentException if the version is not known or the bytes do not hold such a state */
    static ForecasterState read(int version, StateReader from) {
        if (version != VERSION && version != OF_ALL_PODS_ALIKE)
            throw new IllegalArgumentException("version %d of the forecaster's state is not known, only %d and %d are"
                    .formatted(version, OF_ALL_PODS_ALIKE, VERSION));
        boolean podsDiffer = version != OF_ALL_PODS_ALIKE;
        Map<Subject, Known> subjects = new HashMap<>();
        List<Subject> numbered = new ArrayList<>();
        int subjectCount = from.count();
        for (int i = 0; i < subjectCount; i++) {
            Subject subject = new Subject(new WorkloadId(from.text(), from.text(), from.text()), from.text());
            Instant seenAt = present(from.moment());
            UsageAggregate aggregate = UsageAggregate.read(from);
            subjects.put(subject, new Known(seenAt, aggregate, podsDiffer ? Starts.read(from) : new Starts()));
            numbered.add(subject);
        }
        Map<ContainerId, Source> sources = new HashMap<>();
        int sourceCount = from.count();
        for (int i = 0; i < sourceCount; i++) {
            ContainerId id = new ContainerId(new PodId(from.text(), from.text()), from.text());
            Source source = source(numbered, subjects, from);
            if (podsDiffer && from.number() > 0) source.start = StartUnderWay.read(from);
            if (podsDiffer && from.number() > 0) source.use = PodUse.read(from);
            sources.put(id, source);
        }
        from.end();
        return new ForecasterState(subjects, sources);
    }

    private static Source source(List<Subject> numbered, Map<Subject, Known> subjects, StateReader from) {
        long number = from.number();
        if (number >= numbered.size())
            throw new IllegalArgumentException("subject %d of %d is not there".formatted(number, numbered.size()));
        Subject subject = numbered.get((int) number);
        Known known = subjects.get(subject);
        if (known == null) throw new IllegalArgumentException("subject %s is not there".formatted(subject));
        ContainerUsage usage = ContainerUsage.read(known.aggregate, from);
        Source source = new Source(subject, usage, present(from.moment()));
        Instant lastKillAt = from.moment();
        if (lastKillAt != null) source.lastKillAt = lastKillAt;
        source.cpu = newest(from);
        source.memory = newest(from);
        return source;
    }

    private static void write(Newest newest, StateWriter to) {
        boolean none = newest.equals(Newest.NONE);
        to.moment(none ? null : newest.at());
        if (!none) to.real(newest.amount());
    }

    private static Newest newest(StateReader from) {
        Instant at = from.moment();
        return at == null ? Newest.NONE : new Newest(at, from.real());
    }

    private static Instant present(@Nullable Instant moment) {
        if (moment == null) throw new IllegalArgumentException("a moment is missing");
        return moment;
    }
}
