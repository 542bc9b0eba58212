package io.trimtab.service.view;

import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.recommend.cycle.CycleReport.Decision;
import io.trimtab.recommend.plan.RecommendedRequests;

/** What pods are taken to ask for. */
public enum Requests {
    /** What they ask for now, so that nodes can go at once. */
    NOW("now"),
    /** What is recommended, so that nodes can go once that is in force. */
    RECOMMENDED("recommended");

    /** As addresses have it. */
    public final String word;

    Requests(String word) {
        this.word = word;
    }

    /** @throws IllegalArgumentException if it is neither */
    public static Requests of(String word) {
        return switch (word) {
            case "", "now" -> NOW;
            case "recommended" -> RECOMMENDED;
            default -> throw new IllegalArgumentException("requests (%s) must be now or recommended".formatted(word));
        };
    }

    /** The cluster in which pods ask for that. */
    public ClusterSnapshot cluster(Decision decision) {
        return switch (this) {
            case NOW -> decision.snapshot();
            case RECOMMENDED ->
                RecommendedRequests.in(decision.snapshot(), decision.plan().recommendations());
        };
    }
}
