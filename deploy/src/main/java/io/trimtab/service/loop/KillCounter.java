package io.trimtab.service.loop;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.PodId;
import io.trimtab.service.metrics.NamespaceBound;
import io.trimtab.service.state.Section;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts kills for memory per namespace, each once, however many slices and sources name it. */
final class KillCounter {
    /** Containers whose last kill is remembered; about 200 bytes each. */
    private static final int REMEMBERED = 10_000;

    private final Counter kills;
    private final Map<ContainerId, Instant> lastKill = new LinkedHashMap<>();
    private final Map<String, Integer> unpublished = new TreeMap<>();
    private final Set<String> labelled = new HashSet<>();

    KillCounter(PrometheusRegistry registry) {
        kills = Counter.builder()
                .name("trimtab_out_of_memory_kills_total")
                .help("Kills for memory that were learned of, those in the history that the first round read included.")
                .labelNames("namespace")
                .register(registry);
    }

    void add(Collection<OutOfMemoryKill> learned) {
        for (OutOfMemoryKill kill : learned) {
            Instant last = lastKill.getOrDefault(kill.container(), Instant.MIN);
            if (!kill.at().isAfter(last)) continue;
            lastKill.remove(kill.container());
            lastKill.put(kill.container(), kill.at());
            unpublished.merge(kill.container().pod().namespace(), 1, Integer::sum);
            if (lastKill.size() > REMEMBERED)
                lastKill.remove(lastKill.keySet().iterator().next());
        }
    }

    /** The last kill of each container, which does not count again after a restart; the counts themselves begin at 0, as counters do. */
    Section section() {
        return Section.ofData(
                "counted-kills",
                "kills that are learned of once more count once more",
                1,
                this::write,
                from -> lastKill.putAll(read(from)));
    }

    private void write(DataOutput to) throws IOException {
        to.writeInt(lastKill.size());
        for (Map.Entry<ContainerId, Instant> last : lastKill.entrySet()) {
            ContainerId container = last.getKey();
            to.writeUTF(container.pod().namespace());
            to.writeUTF(container.pod().name());
            to.writeUTF(container.container());
            to.writeLong(last.getValue().getEpochSecond());
            to.writeInt(last.getValue().getNano());
        }
    }

    /** In the order in which they were written. */
    private static Map<ContainerId, Instant> read(DataInput from) throws IOException {
        Map<ContainerId, Instant> moments = new LinkedHashMap<>();
        for (int left = from.readInt(); left > 0; left--)
            moments.put(
                    new ContainerId(new PodId(from.readUTF(), from.readUTF()), from.readUTF()),
                    Instant.ofEpochSecond(from.readLong(), from.readInt()));
        return moments;
    }

    /**
     * Shows what was added, at the end of a round: a scrape in the middle of the first one would take a week's kills for new ones. The
     * namespaces of the snapshot without a kill are there with 0.
     */
    void publish(ClusterSnapshot snapshot) {
        snapshot.workloads().forEach(workload -> label(workload.id().namespace()));
        unpublished.forEach(
                (namespace, count) -> kills.labelValues(label(namespace)).inc(count));
        unpublished.clear();
    }

    /** A counter never moves to another label, so the first namespaces keep theirs for good. */
    private String label(String namespace) {
        boolean room = labelled.contains(namespace) || labelled.size() < NamespaceBound.MOST;
        String shared = room ? namespace : NamespaceBound.OTHER;
        if (labelled.add(shared)) kills.initLabelValues(shared);
        return shared;
    }
}
