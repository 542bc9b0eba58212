package io.trimtab.forecast;

import io.trimtab.forecast.online.Accuracy;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How good what was said of the hours that are over was, over many series; each counts alike.
 *
 * @param series that were judged for a day or longer; the others do not count here
 * @param mase mean over the series, likewise {@code pinball} and {@code coverage}; 0 where none was judged
 * @param betterThanNaive how many of the series
 * @see Accuracy
 */
public record MeanAccuracy(int series, double mase, double pinball, double coverage, int betterThanNaive) {
    public static final MeanAccuracy NONE = new MeanAccuracy(0, 0, 0, 0, 0);

    private static final int HOURS_PER_DAY = 24;

    /** @param all of the series, judged or not */
    static MeanAccuracy of(Collection<Accuracy> all) {
        List<Accuracy> judged = all.stream()
                .filter(accuracy -> accuracy.hours() >= HOURS_PER_DAY)
                .toList();
        return new MeanAccuracy(
                judged.size(),
                mean(judged, Accuracy::mase),
                mean(judged, Accuracy::pinball),
                mean(judged, Accuracy::coverage),
                Math.toIntExact(
                        judged.stream().filter(Accuracy::betterThanNaive).count()));
    }

    private static double mean(List<Accuracy> judged, ToDoubleFunction<Accuracy> figure) {
        return judged.stream().mapToDouble(figure).average().orElse(0);
    }
}
