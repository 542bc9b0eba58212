package io.trimtab.ingest.promql;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.IngestException.Kind;
import io.trimtab.ingest.RuntimeUsageSource;
import io.trimtab.ingest.model.RequestMetrics;
import io.trimtab.ingest.model.RuntimeMetric;
import io.trimtab.ingest.model.RuntimeUsage;
import io.trimtab.ingest.model.RuntimeUsage.Missing;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.ingest.promql.MatrixReader.TooManySamples;
import io.trimtab.ingest.usage.Grid;
import io.trimtab.ingest.vocabulary.RequestNames;
import io.trimtab.ingest.vocabulary.RuntimeName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks a store for one metric after the other, over the window of an hour. */
final class PrometheusRuntimeUsage implements RuntimeUsageSource {
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration STEP = Duration.ofMinutes(1);

    /** A whole query would let whoever may annotate a workload read all of the store with our rights. */
    private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    /** @param names that are looked for */
    private record Question(RuntimeMetric metric, String promQl, List<String> names) {}

    private final PrometheusClient client;
    private final Labels labels;
    private final Complaints complain;

    PrometheusRuntimeUsage(PrometheusClient client, Labels labels, Complaints complain) {
        this.client = client;
        this.labels = labels;
        this.complain = complain;
    }

    @Override
    public RuntimeUsage read(WorkloadId workload, RequestMetrics requests, Instant to) throws IngestException {
        Grid grid = Grid.between(to.minus(WINDOW), to, STEP);
        List<RuntimeUsage.Figure> figures = new ArrayList<>();
        List<Missing> missing = new ArrayList<>();
        List<String> gaps = new ArrayList<>();
        for (Question question : questions(workload, requests, gaps)) {
            Query query = new Query(question.promQl(), labels);
            try {
                List<RuntimeUsage.Figure> found =
                        Figures.of(question.metric(), client.query(query, grid).series());
                figures.addAll(found);
                if (found.isEmpty()) missing.add(new Missing(question.metric(), question.names()));
            } catch (TooManySamples e) {
                gaps.add(complain.tooMany(question.metric().words()).getMessage());
            } catch (IngestException e) {
                // Who does not answer is not asked for the rest.
                if (e.kind() == Kind.UNREACHABLE) throw e;
                gaps.add(e.getMessage());
            }
        }
        return new RuntimeUsage(to.minus(WINDOW), to, STEP, figures, missing, gaps);
    }

    private List<Question> questions(WorkloadId workload, RequestMetrics requests, List<String> gaps) {
        RuntimePromQl promQl = new RuntimePromQl(labels, workload);
        Map<RuntimeMetric, List<RuntimeName>> names = RuntimeName.all().stream()
                .collect(Collectors.groupingBy(RuntimeName::metric, LinkedHashMap::new, Collectors.toList()));
        List<Question> questions = new ArrayList<>();
        names.forEach((metric, its) -> questions.add(new Question(
                metric,
                promQl.value(its),
                its.stream().map(RuntimeName::toString).distinct().toList())));
        List<String> counters = names(requests.requests(), requests.scraped(), RequestNames.COUNTERS, gaps);
        if (!counters.isEmpty()) questions.add(new Question(RuntimeMetric.REQUESTS, promQl.rate(counters), counters));
        List<String> histograms = names(requests.latency(), requests.scraped(), RequestNames.HISTOGRAMS, gaps);
        if (!histograms.isEmpty())
            questions.add(new Question(
                    RuntimeMetric.LATENCY_P95,
                    promQl.latency(histograms),
                    histograms.stream().map(name -> name + "_bucket").toList()));
        return questions;
    }

    /** The one that an annotation gives; else the well-known ones, where there is something to find. */
    private static List<String> names(
            Optional<RequestMetrics.Named> named, boolean scraped, List<String> wellKnown, List<String> gaps) {
        if (named.isEmpty()) return scraped ? wellKnown : List.of();
        String name = named.get().value();
        if (METRIC.matcher(name).matches()) return List.of(name);
        gaps.add("the annotation %s (%s) of %s must be a metric's name, not a query; correct it"
                .formatted(named.get().annotation(), name, named.get().on()));
        return List.of();
    }
}
