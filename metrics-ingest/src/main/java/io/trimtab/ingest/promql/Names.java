package io.trimtab.ingest.promql;

import io.trimtab.ingest.model.Resource;
import io.trimtab.ingest.pushed.PushedMetric;
import io.trimtab.ingest.vocabulary.MetricName;
import io.trimtab.ingest.vocabulary.Vocabulary;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the known names a store has.
 *
 * @param gpu the names of the metrics of GPUs' use
 */
record Names(Set<MetricName> present, Set<String> gpu) {
    /** Of a store that does not tell, or has nothing: then cAdvisor's are asked for. */
    static final Names NONE = new Names(Set.of(), Set.of());

    Names {
        present = Set.copyOf(present);
        gpu = Set.copyOf(gpu);
    }

    /** The name that usage is read by: of those that are there the first of the vocabulary, in which counters come before gauges. */
    MetricName of(Resource resource) {
        return there(resource).orElseGet(() -> candidates(resource).getFirst());
    }

    Optional<MetricName> there(Resource resource) {
        return candidates(resource).stream().filter(present::contains).findFirst();
    }

    Optional<MetricName> there(PushedMetric metric) {
        return Vocabulary.prometheus().stream()
                .filter(name -> name.means() == metric && present.contains(name))
                .findFirst();
    }

    private static List<MetricName> candidates(Resource resource) {
        Set<PushedMetric> wanted = switch (resource) {
            case CPU -> Set.of(PushedMetric.CPU, PushedMetric.CPU_CORES);
            case MEMORY -> Set.of(PushedMetric.MEMORY);
            case GPU -> Set.of();
        };
        return Vocabulary.prometheus().stream()
                .filter(name -> wanted.contains(name.means()))
                .toList();
    }
}
