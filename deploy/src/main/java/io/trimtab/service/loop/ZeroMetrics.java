package io.trimtab.service.loop;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.trimtab.recommend.Outcome;
import io.trimtab.service.zero.ZeroObserver;

/** What scale to zero does, at {@code /metrics}. */
final class ZeroMetrics implements ZeroObserver {
    private static final String ANSWERED = "answered";
    private static final String FAILED = "failed";

    private final Gauge objects;
    private final Gauge readers;
    private final Counter reads;
    private final Counter writes;

    ZeroMetrics(PrometheusRegistry registry) {
        objects = Gauge.builder()
                .name("trimtab_zero_objects")
                .help("Objects that scale a workload by triggers.")
                .register(registry);
        readers = Gauge.builder()
                .name("trimtab_zero_readers")
                .help("Different questions that their triggers ask; each is asked once, however many objects ask it.")
                .register(registry);
        reads = Counter.builder()
                .name("trimtab_zero_reads_total")
                .help("Reads of triggers' sources, by result.")
                .labelNames("result")
                .register(registry);
        writes = Counter.builder()
                .name("trimtab_zero_writes_total")
                .help("Replica counts written for triggers, by outcome.")
                .labelNames("outcome")
                .register(registry);
        reads.initLabelValues(ANSWERED);
        reads.initLabelValues(FAILED);
        for (Class<?> outcome : Outcome.class.getPermittedSubclasses()) writes.initLabelValues(outcome.getSimpleName());
    }

    @Override
    public void objects(int count, int different) {
        objects.set(count);
        readers.set(different);
    }

    @Override
    public void read(boolean answered) {
        reads.labelValues(answered ? ANSWERED : FAILED).inc();
    }

    @Override
    public void wrote(Outcome outcome) {
        writes.labelValues(outcome.getClass().getSimpleName()).inc();
    }
}
