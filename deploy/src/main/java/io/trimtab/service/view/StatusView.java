package io.trimtab.service.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is it healthy?
 *
 * @param at of the last round; null before the first one
 * @param simulated whether the cluster is a simulated one
 * @param mode Observe, Recommend or Apply
 * @param stageSeconds of the last round, by stage
 * @param metrics which metrics usage comes from; empty before the first reading
 * @param replicas which of the replicas that push the same samples is listened to, by cluster; empty while none names itself
 * @param policyTrouble what could not be written to policies, one line each
 * @param forecasts how good they were, by what the series are of and their kind
 * @param forecastsOverall the same over all of these
 * @param furtherSeries how many are followed beside the containers' CPU and memory
 * @param state what survives a restart
 */
public record StatusView(
        @Nullable Instant at,
        boolean simulated,
        boolean ready,
        String mode,
        String version,
        long cycles,
        Map<String, Double> stageSeconds,
        List<SourceView> sources,
        List<MetricView> metrics,
        List<ReplicaView> replicas,
        List<String> policyTrouble,
        List<ForecastsView> forecasts,
        ForecastsOverallView forecastsOverall,
        RoomView furtherSeries,
        StateView state) {
    /**
     * @param name {@code inventory} or {@code usage}
     * @param where its address; {@code simulated cluster} in the demo
     * @param answeredAt null before its first answer
     * @param staleSince null while it answers
     * @param trouble what is wrong and what to do; empty text while it answers
     * @param gaps what its last answer left out
     */
    public record SourceView(
            String name,
            String where,
            @Nullable Instant answeredAt,
            @Nullable Instant staleSince,
            String trouble,
            List<String> gaps) {}

    /**
     * Of the highest minute of each hour that is over, said at its start.
     *
     * @param scope container, workload, namespace or node_pool
     * @param resource cpu, memory, gpu, request_rate, queue_length, replicas or spend
     * @param series that were judged for a day or longer; 0: not one was yet, and the rest is 0
     * @param mase error over that of the day before, median of the series
     * @param pinball loss of P95 in units of the series' mean maximum, mean over the series
     * @param coverage share of hours that P95 covered, mean over the series
     * @param betterThanNaive how many of the series
     */
    public record ForecastsView(
            String scope,
            String resource,
            int series,
            double mase,
            double pinball,
            double coverage,
            int betterThanNaive) {}

    /** Over all scopes and kinds, each series alike: means, of {@code mase} the median. */
    public record ForecastsOverallView(int series, double mase, double pinball, double coverage, int betterThanNaive) {}

    /**
     * @param most that there may be
     * @param leftOut samples of series that found no room since the first start
     */
    public record RoomView(int series, int most, long leftOut) {}

    /**
     * @param name cpu, memory, kills, kill_times, killed_requests or gpu
     * @param from who makes it and what it is called; empty text: it is not there
     * @param cost what is therefore not known or less exact, and what to do; empty text: nothing
     */
    public record MetricView(String name, String from, String cost) {}

    /**
     * The one whose samples are taken; those of the others of its cluster are dropped.
     *
     * @param cluster empty text: the senders name none
     * @param heardAt when it last sent
     */
    public record ReplicaView(String cluster, String replica, Instant heardAt) {}
}
