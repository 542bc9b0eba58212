package io.trimtab.service.view;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The state of the loop after its last round, to be shown. Every answer is of one round; none waits for the next. */
public interface Views {
    OverviewView overview();

    /** In the order of saving, largest first. Before the first round has decided, those that were kept over a restart. */
    List<RecommendationView> recommendations();

    /** When they were decided; empty while there are none. */
    Optional<Instant> decidedAt();

    /** What a recommendation was decided from; empty when there is no recommendation of that id. */
    Optional<EvidenceView> evidence(String recommendationId);

    /** In the order of namespace, kind, name. */
    List<WorkloadView> workloads();

    /**
     * One workload as it is now, which may be ahead of the last round.
     *
     * @param id as {@code shop/Deployment/web}
     * @return empty for what is not there and has left nothing behind
     */
    Optional<WorkloadDetailView> workload(String id);

    /**
     * What the runtimes of a workload tell of themselves, which takes a store some queries.
     *
     * @return empty likewise
     */
    Optional<RuntimeUsageView> runtimeUsage(String id);

    /**
     * What a workload is expected to need, beside what it needed.
     *
     * @return empty likewise
     */
    Optional<ForecastView> forecast(String id);

    /**
     * What a namespace is expected to need as a whole, beside what it needed.
     *
     * @return empty where there is no such namespace
     */
    Optional<JointForecastView> namespaceForecast(String namespace);

    /**
     * What runs on a pool of nodes is expected to need as a whole, beside what it needed.
     *
     * @return empty where there is no such pool
     */
    Optional<JointForecastView> poolForecast(String pool);

    /** In the order of kind, namespace, name. */
    List<PolicyView> policies();

    NodesView nodes();

    /** Likewise, with pods that ask for what is recommended; their use is that of now. */
    NodesView nodesAsRecommended();

    /** How they become fewer, as of the last round or an earlier one: a large cluster's plan takes seconds, and this answers within one. */
    NodePlanView nodePlan(Requests requests);

    CostsView costs();

    /** What triggers scale, in the order of namespace and object. */
    List<ZeroView> zero();

    StatusView status();

    /** Whether the cluster is a simulated one. Answers at once, as {@link #status} does not: that judges every forecast. */
    boolean simulated();

    /** Whether there has been a decision. Answers at once. */
    boolean ready();

    /** All of one round, for a monitoring system. */
    FiguresView figures();
}
