package io.trimtab.forecast;

import io.trimtab.forecast.OutlookForecaster.Subject;
import io.trimtab.forecast.online.Accuracy;
import io.trimtab.ingest.model.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How good all forecasts were as of the end of a round.
 *
 * @param ofContainers by series
 * @param byKind one for each scope and kind
 * @param overall over all series of all kinds
 * @param room for further series
 */
public record AccuracyOverview(
        Map<Subject, Accuracy> ofContainers, List<Overall> byKind, TypicalAccuracy overall, FurtherSeries.Room room) {
    public static final AccuracyOverview NONE =
            new AccuracyOverview(Map.of(), List.of(), TypicalAccuracy.NONE, new FurtherSeries.Room(0, 0, 0));

    public AccuracyOverview {
        ofContainers = Map.copyOf(ofContainers);
        byKind = List.copyOf(byKind);
    }

    static AccuracyOverview of(Map<Subject, Accuracy> ofContainers, FurtherSeries further) {
        Map<Scope, Map<DemandKind, List<Accuracy>>> groups = new TreeMap<>(further.accuracies());
        groups.put(Scope.CONTAINER, byResource(ofContainers));
        List<Overall> byKind = new ArrayList<>();
        groups.forEach((scope, kinds) ->
                kinds.forEach((kind, all) -> byKind.add(new Overall(scope, kind, TypicalAccuracy.of(all)))));
        List<Accuracy> all = groups.values().stream()
                .flatMap(kinds -> kinds.values().stream())
                .flatMap(Collection::stream)
                .toList();
        return new AccuracyOverview(ofContainers, byKind, TypicalAccuracy.of(all), further.room());
    }

    private static Map<DemandKind, List<Accuracy>> byResource(Map<Subject, Accuracy> ofContainers) {
        Map<DemandKind, List<Accuracy>> kinds = new TreeMap<>();
        // Most clusters have no GPU, and all have the others.
        for (Resource resource : Resource.SIZED) kinds.put(DemandKind.of(resource), new ArrayList<>());
        ofContainers.forEach(
                (subject, accuracy) -> kinds.computeIfAbsent(DemandKind.of(subject.resource()), _ -> new ArrayList<>())
                        .add(accuracy));
        return kinds;
    }
}
