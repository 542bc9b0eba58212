package io.trimtab.forecast;

import io.trimtab.forecast.online.Accuracy;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How good what was said of the hours that are over was, over many series; each counts alike.
 *
 * @param series that were judged for a day or longer; the others do not count here
 * @param mase median of the series: one whose day before errs by next to nothing has one of hundreds, which a mean would be; 0 where none was judged
 * @param pinball mean over the series, likewise {@code coverage}; 0 where none was judged
 * @param betterThanNaive how many of the series
 * @see Accuracy
 */
public record TypicalAccuracy(int series, double mase, double pinball, double coverage, int betterThanNaive) {
    public static final TypicalAccuracy NONE = new TypicalAccuracy(0, 0, 0, 0, 0);

    private static final int HOURS_PER_DAY = 24;

    /** @param all of the series, judged or not */
    static TypicalAccuracy of(Collection<Accuracy> all) {
        List<Accuracy> judged = all.stream()
                .filter(accuracy -> accuracy.hours() >= HOURS_PER_DAY)
                .toList();
        return new TypicalAccuracy(
                judged.size(),
                median(judged, Accuracy::mase),
                mean(judged, Accuracy::pinball),
                mean(judged, Accuracy::coverage),
                Math.toIntExact(
                        judged.stream().filter(Accuracy::betterThanNaive).count()));
    }

    private static double median(List<Accuracy> judged, ToDoubleFunction<Accuracy> figure) {
        if (judged.isEmpty()) return 0;
        double[] inOrder = judged.stream().mapToDouble(figure).sorted().toArray();
        return (inOrder[(inOrder.length - 1) / 2] + inOrder[inOrder.length / 2]) / 2;
    }

    private static double mean(List<Accuracy> judged, ToDoubleFunction<Accuracy> figure) {
        return judged.stream().mapToDouble(figure).average().orElse(0);
    }
}
