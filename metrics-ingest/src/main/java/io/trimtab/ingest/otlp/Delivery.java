package io.trimtab.ingest.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.ingest.pushed.SampleCounts;
import io.trimtab.ingest.pushed.SampleFate;
import io.trimtab.ingest.vocabulary.LabelFilter;
import io.trimtab.ingest.vocabulary.MetricName;
import io.trimtab.ingest.vocabulary.Vocabulary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Hands the points of one request on and counts what became of them. */
final class Delivery {
    private static final Map<String, List<MetricName>> WANTED =
            Vocabulary.otlp().stream().collect(Collectors.groupingBy(MetricName::name));

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** The pause container of a pod. */
    private static final String PAUSE = "POD";

    /** @see "RFC 1123, as Kubernetes applies it to names" */
    private static final int LONGEST_KUBERNETES_NAME = 253;

    private final PushedSamples to;
    private final Counters counters;
    private final Instant now;
    private final long oldestAllowed;
    private final long newestAllowed;
    private final SampleCounts points = new SampleCounts();

    Delivery(PushedSamples to, Counters counters, Instant now) {
        this.to = to;
        this.counters = counters;
        this.now = now;
        this.oldestAllowed = now.minus(PushedSamples.KEPT).toEpochMilli();
        this.newestAllowed = now.plus(PushedSamples.MOST_AHEAD).toEpochMilli();
    }

    /** @return what became of each point */
    SampleCounts deliver(ExportMetricsServiceRequest request) {
        for (ResourceMetrics resource : request.getResourceMetricsList()) {
            List<KeyValue> attributes =
                    Attributes.ordered(resource.getResource().getAttributesList());
            for (ScopeMetrics scope : resource.getScopeMetricsList())
                for (Metric metric : scope.getMetricsList()) deliver(metric, attributes);
        }
        points.newestUsageMillis().ifPresent(to::brought);
        return points;
    }

    private void deliver(Metric metric, List<KeyValue> resource) {
        List<MetricName> known = WANTED.getOrDefault(metric.getName(), List.of());
        if (metric.getName().isEmpty()) points.add(SampleFate.UNNAMED_SERIES, Math.max(1, size(metric)));
        else if (known.isEmpty()) points.add(SampleFate.IGNORED, size(metric));
        else if (!isOfKind(metric, known.getFirst())) points.add(SampleFate.WRONG_KIND, size(metric));
        else for (NumberDataPoint point : numbers(metric)) deliver(metric, point, known, resource);
    }

    /** A point counts once, also where it tells two things. */
    private void deliver(Metric metric, NumberDataPoint point, List<MetricName> known, List<KeyValue> resource) {
        Attributes attributes = new Attributes(resource, Attributes.ordered(point.getAttributesList()));
        SampleFate fate = attributes.fate();
        if (fate != SampleFate.KEPT) {
            points.add(fate, 1);
            return;
        }
        boolean isFirst = true;
        for (MetricName name : known) {
            SampleCounts counts = isFirst ? points : new SampleCounts();
            if (isFirst || counts(name.filter(), attributes)) deliver(metric, point, name, attributes, counts);
            isFirst = false;
        }
    }

    private void deliver(
            Metric metric, NumberDataPoint point, MetricName name, Attributes attributes, SampleCounts counts) {
        String namespace = attributes.text(name.labels().namespace());
        String pod = attributes.text(name.labels().pod());
        String container = attributes.text(name.labels().container());
        boolean ofContainer =
                !namespace.isEmpty() && !pod.isEmpty() && !container.isEmpty() && !container.equals(PAUSE);
        if (!ofContainer || !counts(name.filter(), attributes)) {
            counts.add(SampleFate.IGNORED, 1);
            return;
        }
        if (Math.max(namespace.length(), Math.max(pod.length(), container.length())) > LONGEST_KUBERNETES_NAME) {
            counts.add(SampleFate.LABEL_TOO_LONG, 1);
            return;
        }
        long[] fingerprint = attributes.fingerprint(name.name(), name.means());
        PointSeries series = new PointSeries(
                name.means(),
                fingerprint[0],
                fingerprint[1],
                new ContainerId(new PodId(namespace, pod), container),
                millis(point.getTimeUnixNano()),
                amount(point));
        write(series, name, metric, millis(point.getStartTimeUnixNano()), counts);
    }

    private void write(PointSeries series, MetricName name, Metric metric, long startMillis, SampleCounts counts) {
        boolean usable = series.at() >= oldestAllowed
                && series.at() <= newestAllowed
                && series.value() >= 0
                && series.value() < Double.POSITIVE_INFINITY;
        if (!name.counter() || !metric.hasSum() || !usable) {
            to.write(series, now, counts);
            return;
        }
        List<PointSeries> made = isDelta(metric) ? counters.increased(series) : counters.counted(series, startMillis);
        if (made.isEmpty()) counts.add(SampleFate.CONFLICTING, 1);
        for (PointSeries each : made)
            // A 0 that we add is no point of the sender's.
            to.write(each, now, each.at() == series.at() ? counts : new SampleCounts());
    }

    private static boolean counts(LabelFilter filter, Attributes attributes) {
        return switch (filter) {
            case LabelFilter.Any() -> true;
            case LabelFilter.Has(String label, String value) ->
                attributes.text(label).equals(value);
            case LabelFilter.Lacks(String label) -> attributes.text(label).isEmpty();
        };
    }

    /** A counter may come as a gauge from a scraper that was told no types; increases of what is no counter mean nothing. */
    private static boolean isOfKind(Metric metric, MetricName name) {
        if (metric.hasGauge()) return true;
        if (!metric.hasSum()) return false;
        return switch (metric.getSum().getAggregationTemporality()) {
            case AGGREGATION_TEMPORALITY_CUMULATIVE -> true;
            case AGGREGATION_TEMPORALITY_DELTA -> name.counter();
            case AGGREGATION_TEMPORALITY_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }

    private static boolean isDelta(Metric metric) {
        return metric.getSum().getAggregationTemporality() == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    }

    private static List<NumberDataPoint> numbers(Metric metric) {
        return metric.hasGauge()
                ? metric.getGauge().getDataPointsList()
                : metric.getSum().getDataPointsList();
    }

    private static int size(Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> metric.getGauge().getDataPointsCount();
            case SUM -> metric.getSum().getDataPointsCount();
            case HISTOGRAM -> metric.getHistogram().getDataPointsCount();
            case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsCount();
            case SUMMARY -> metric.getSummary().getDataPointsCount();
            case DATA_NOT_SET -> 0;
        };
    }

    private static double amount(NumberDataPoint point) {
        boolean none = (point.getFlags() & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0;
        if (none) return PushedSamples.STALE_MARKER;
        return switch (point.getValueCase()) {
            case AS_DOUBLE -> point.getAsDouble();
            case AS_INT -> point.getAsInt();
            case VALUE_NOT_SET -> Double.NaN;
        };
    }

    /** The protocol's nanoseconds have no sign. */
    private static long millis(long nanos) {
        return Long.divideUnsigned(nanos, NANOS_PER_MILLI);
    }
}
