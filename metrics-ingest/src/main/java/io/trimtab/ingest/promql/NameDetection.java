package io.trimtab.ingest.promql;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.MetricFinding;
import io.trimtab.ingest.model.UsageQuery;
import io.trimtab.ingest.vocabulary.ContainerLabels;
import io.trimtab.ingest.vocabulary.MetricName;
import io.trimtab.ingest.vocabulary.Vocabulary;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which of the known names a store has, from its index alone: three requests whose answers are a few names each, and no samples. What comes round
 * after round is asked for every 10 minutes, each longer piece of history once, since senders may have changed meanwhile.
 */
final class NameDetection {
    private static final Logger LOG = LoggerFactory.getLogger(NameDetection.class);
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);

    /** How far back a name counts as there. */
    private static final Duration RECENT = Duration.ofHours(1);

    private static final Map<ContainerLabels, List<MetricName>> BY_LABELS =
            Vocabulary.prometheus().stream().collect(Collectors.groupingBy(MetricName::labels));

    /** @see "NVIDIA dcgm-exporter, etc/default-counters.csv" */
    private static final Set<String> GPU = Set.of("DCGM_FI_DEV_GPU_UTIL", "DCGM_FI_PROF_GR_ENGINE_ACTIVE");

    private final PrometheusClient client;
    private final Labels usual;
    private final String where;
    private Optional<Detected> last = Optional.empty();
    private volatile List<MetricFinding> findings = List.of();

    private record Detected(Instant at, Names names) {
        boolean holdsAt(Instant moment) {
            return !moment.isBefore(at) && moment.isBefore(at.plus(AGAIN_AFTER));
        }
    }

    NameDetection(PrometheusClient client, Labels usual, String where) {
        this.client = client;
        this.usual = usual;
        this.where = where;
    }

    /** What was found last; empty before that. */
    List<MetricFinding> findings() {
        return findings;
    }

    synchronized Names names(UsageQuery query) {
        boolean recent = query.from().isAfter(query.to().minus(RECENT));
        if (recent && last.isPresent() && last.get().holdsAt(query.to()))
            return last.get().names();
        Instant from = recent ? query.to().minus(RECENT) : query.from();
        try {
            Names names = ask(from, query.to());
            boolean newest = last.isEmpty() || !query.to().isBefore(last.get().at());
            if (newest) say(Findings.of(names));
            if (newest && recent) last = Optional.of(new Detected(query.to(), names));
            return names;
        } catch (IngestException e) {
            if (last.isEmpty()) say(Findings.unknown(String.valueOf(e.getMessage())));
            return last.map(Detected::names).orElse(Names.NONE);
        }
    }

    private Names ask(Instant from, Instant to) throws IngestException {
        Set<MetricName> present = new HashSet<>();
        for (var group : BY_LABELS.entrySet()) {
            Set<String> wanted = group.getValue().stream().map(MetricName::name).collect(Collectors.toSet());
            String selector = selector(wanted, Labels.of(group.getKey(), usual).container() + "!=\"\"");
            Set<String> found = client.names(selector, wanted, from, to);
            group.getValue().stream()
                    .filter(name -> found.contains(name.name()))
                    .forEach(present::add);
        }
        return new Names(present, client.names(selector(GPU, ""), GPU, from, to));
    }

    private static String selector(Set<String> names, String more) {
        return "{__name__=~\"%s\"%s}"
                .formatted(names.stream().sorted().collect(Collectors.joining("|")), more.isEmpty() ? "" : "," + more);
    }

    private void say(List<MetricFinding> found) {
        if (found.equals(findings)) return;
        findings = found;
        LOG.info("{} has {}", where, Findings.words(found));
    }
}
