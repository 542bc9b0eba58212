package io.trimtab.recommend.policy;

import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.Namespace;
import io.trimtab.ingest.model.Policy;
import io.trimtab.ingest.model.PolicyId;
import io.trimtab.ingest.model.Workload;
import io.trimtab.ingest.model.WorkloadId;
import io.trimtab.recommend.PolicyReason;
import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.policy.Standing.Governed;
import io.trimtab.recommend.policy.Standing.LeftAlone;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which policy governs each workload of a snapshot, whole: fields of two policies are never mixed. */
public final class Governance {
    public static final String PAUSE = "trimtab.io/pause";
    public static final String MODE = "trimtab.io/mode";

    private final ClusterSnapshot snapshot;
    private final Mode most;
    private final Terms defaults;
    private final Map<PolicyId, Meaning> meanings = new HashMap<>();
    private final SortedMap<WorkloadId, Standing> standings = new TreeMap<>();

    private Governance(ClusterSnapshot snapshot, Mode most, Terms defaults) {
        this.snapshot = snapshot;
        // What may not be done could be written where we cannot read, so nothing is done until we can.
        this.most = snapshot.limitsKnown() ? most : lower(most, Mode.RECOMMEND);
        this.defaults = defaults;
    }

    /** @param most the mode of workloads without a policy, and the most that a policy can grant */
    public static Governance of(ClusterSnapshot snapshot, Mode most) {
        return of(snapshot, most, Terms.DEFAULT);
    }

    /** @param defaults the terms of workloads without a policy */
    public static Governance of(ClusterSnapshot snapshot, Mode most, Terms defaults) {
        Governance governance = new Governance(snapshot, most, defaults);
        governance.decide();
        return governance;
    }

    private void decide() {
        snapshot.policies().forEach(policy -> meanings.put(policy.id(), Meaning.of(policy)));
        Map<String, Boolean> pausedNamespaces = snapshot.namespaces().stream()
                .collect(Collectors.toMap(Namespace::name, it -> pauses(it.annotations()), (one, other) -> one));
        Selection selection = new Selection(snapshot.policies());
        for (Workload workload : snapshot.workloads()) {
            boolean paused = pausedNamespaces.getOrDefault(workload.id().namespace(), false);
            standings.put(workload.id(), standing(workload, selection.of(workload), paused));
        }
    }

    private Standing standing(Workload workload, List<Policy> selected, boolean namespacePaused) {
        boolean paused = namespacePaused || pauses(workload.annotations());
        if (selected.isEmpty())
            return new Governed(Optional.empty(), defaults, mode(workload.annotations(), most), paused);
        List<PolicyId> ids = selected.stream().map(Policy::id).sorted().toList();
        if (selected.size() > 1) return new LeftAlone(ids, new PolicyReason.Contested(ids));
        Policy policy = selected.getFirst();
        return switch (meaning(policy)) {
            case Meaning.Clear(Terms terms) ->
                new Governed(
                        Optional.of(policy.id()),
                        terms,
                        mode(workload.annotations(), lower(policy.spec().mode(), most)),
                        paused || pauses(policy.annotations()));
            case Meaning.Unclear(List<Policy.Problem> problems) ->
                new LeftAlone(
                        ids,
                        new PolicyReason.NotReady(
                                policy.id(),
                                problems.getFirst().path(),
                                problems.getFirst().what()));
        };
    }

    /** @return of a workload that the snapshot does not have: the defaults */
    public Standing of(WorkloadId workload) {
        return standings.getOrDefault(workload, new Governed(Optional.empty(), defaults, most, false));
    }

    /** The workloads that a policy governs alone, in order, also where it has no meaning. */
    public List<WorkloadId> workloads(PolicyId policy) {
        return standings.entrySet().stream()
                .filter(entry -> entry.getValue().policies().equals(List.of(policy)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The workloads that no policy governs, in order. */
    public List<WorkloadId> withoutPolicy() {
        return standings.entrySet().stream()
                .filter(entry -> entry.getValue().policies().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * What became of each policy, by its id.
     *
     * @param recommendations what is recommended for the snapshot
     */
    public SortedMap<PolicyId, PolicyOutcome> outcomes(List<Recommendation> recommendations) {
        return PolicyOutcome.of(snapshot.policies(), this::meaning, standings, recommendations, most);
    }

    private Meaning meaning(Policy policy) {
        return meanings.computeIfAbsent(policy.id(), unseen -> Meaning.of(policy));
    }

    /** Whether a workload's own annotations let anything be written. */
    public static boolean allowsActs(Map<String, String> annotations) {
        return !pauses(annotations) && mode(annotations, Mode.APPLY) == Mode.APPLY;
    }

    /** A mode that is no mode lowers it to Observe, since somebody wanted less and a typing error must not give more. */
    private static Mode mode(Map<String, String> annotations, Mode granted) {
        String text = annotations.get(MODE);
        if (text == null) return granted;
        Mode own = switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "apply" -> Mode.APPLY;
            case "recommend" -> Mode.RECOMMEND;
            default -> Mode.OBSERVE;
        };
        return lower(own, granted);
    }

    private static Mode lower(Mode one, Mode other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Whether annotations stop acts. */
    public static boolean pauses(Map<String, String> annotations) {
        return "true".equalsIgnoreCase(annotations.getOrDefault(PAUSE, "").strip());
    }
}
