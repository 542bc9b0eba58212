package io.trimtab.service.loop;

import io.trimtab.service.state.Section;
import io.trimtab.service.view.Json;
import io.trimtab.service.view.RecommendationView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The recommendations as a process before this one showed them last, for who asks before this one's first round has decided. */
final class KeptRecommendations {
    private static final int VERSION = 1;

    private final String cluster;
    private volatile Optional<Decided> restored = Optional.empty();

    /** @param cluster by its address: what was decided for another one is left out */
    KeptRecommendations(String cluster) {
        this.cluster = cluster;
    }

    /** Recommendations, for which cluster and when they were decided. */
    record Decided(String cluster, Instant at, List<RecommendationView> list) {
        Decided {
            list = List.copyOf(list);
        }
    }

    Optional<Decided> get() {
        return restored;
    }

    /** Once there are newer ones. */
    void forget() {
        restored = Optional.empty();
    }

    /** @param shown by this process; what was restored is kept on while there is nothing */
    Section section(Supplier<Optional<Decided>> shown) {
        return new Section(
                "recommendations",
                "there are no recommendations before the first round has ended",
                VERSION,
                () -> Json.bytes(shown.get().or(() -> restored).orElse(null)),
                (version, content) -> {
                    if (version != VERSION)
                        throw new IllegalArgumentException(
                                "version %d is not known, only %d is".formatted(version, VERSION));
                    restored = Optional.ofNullable(Json.read(content, Decided.class))
                            .filter(kept -> cluster.equals(kept.cluster()));
                });
    }
}
