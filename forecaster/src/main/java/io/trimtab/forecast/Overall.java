package io.trimtab.forecast;

import io.trimtab.forecast.online.Accuracy;
import java.util.List;

/**
 * How good what was said of the hours that are over was, over all series of a kind.
 *
 * @param scope what the series are of
 * @param series that were judged for a day or longer; the others do not count here
 * @param mase mean over the series, likewise {@code coverage}
 * @param betterThanNaive how many of the series
 */
public record Overall(Scope scope, DemandKind kind, int series, double mase, double coverage, int betterThanNaive) {
    private static final int HOURS_PER_DAY = 24;

    /** @param all of the series, judged or not */
    static Overall of(Scope scope, DemandKind kind, List<Accuracy> all) {
        List<Accuracy> judged = all.stream()
                .filter(accuracy -> accuracy.hours() >= HOURS_PER_DAY)
                .toList();
        return new Overall(
                scope,
                kind,
                judged.size(),
                judged.stream().mapToDouble(Accuracy::mase).average().orElse(0),
                judged.stream().mapToDouble(Accuracy::coverage).average().orElse(0),
                Math.toIntExact(
                        judged.stream().filter(Accuracy::betterThanNaive).count()));
    }
}
