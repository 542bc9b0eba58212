package io.trimtab.forecast.peak;

import io.trimtab.forecast.accuracy.Pinball;
import io.trimtab.forecast.accuracy.WeightedMedian;
import io.trimtab.forecast.accuracy.Weights;

/**
 * One quantile from several experts: their weighted median, by how well each did lately, moved up after a miss and down otherwise,
 * and further while the misses of the last days were too many or too few, so that their share stays what the quantile says.
 *
 * @see "Gibbs, Candès: Adaptive Conformal Inference Under Distribution Shift, NeurIPS 2021"
 * @see "Angelopoulos, Candès, Tibshirani: Conformal PID Control for Time Series Prediction, NeurIPS 2023"
 */
final class Mixture {
    private static final double SHARPNESS = 4;
    private static final double LOSS_HALF_LIFE_DAYS = 1.5;
    private static final double SHIFT_PER_MISS = 0.03;
    private static final double SURPRISE_HALF_LIFE_DAYS = 2;

    /** An error counts as at most so many mean ones: one burst must not set the unit of the shift. */
    private static final int LARGEST_ERROR = 6;

    private static final int LARGEST_SHIFT = 50;

    private final double probability;
    private final double lossKept;
    private final double errorKept;
    private final double[] losses;
    private double error;
    private double errorWeight;
    private final double surpriseKept;
    private double shift;
    private double recentSurprise;
    private double surpriseWeight;

    Mixture(double probability, int experts, int perDay) {
        this.probability = probability;
        lossKept = Math.pow(0.5, 1 / (LOSS_HALF_LIFE_DAYS * perDay));
        errorKept = Math.pow(0.5, 1.0 / perDay);
        surpriseKept = Math.pow(0.5, 1 / (SURPRISE_HALF_LIFE_DAYS * perDay));
        losses = new double[experts];
    }

    /** What was said at one origin. */
    record Said(double[] experts, double median, double answer) {}

    /** @param least of the answer */
    Said say(double[] experts, double least) {
        double[] weights = Weights.of(losses, SHARPNESS);
        double median = WeightedMedian.of(experts.clone(), weights);
        return new Said(experts, median, Math.max(least, median + (shift + bySurprise()) * unit()));
    }

    void learn(Said said, double peak) {
        for (int m = 0; m < losses.length; m++) {
            double loss = Pinball.loss(peak, said.experts()[m], probability);
            losses[m] = losses[m] * lossKept + loss * (1 - lossKept);
        }
        double missed = Math.abs(peak - said.median());
        double counted = errorWeight > 0 && error > 0 ? Math.min(missed, LARGEST_ERROR * unit()) : missed;
        error = error * errorKept + counted * (1 - errorKept);
        errorWeight = errorWeight * errorKept + 1 - errorKept;
        double surprise = (peak > said.answer() ? 1 : 0) - (1 - probability);
        shift = Math.clamp(shift + SHIFT_PER_MISS * surprise, -LARGEST_SHIFT, LARGEST_SHIFT);
        recentSurprise = recentSurprise * surpriseKept + surprise * (1 - surpriseKept);
        surpriseWeight = surpriseWeight * surpriseKept + 1 - surpriseKept;
    }

    /** One unit down while nothing was missed lately, one up while twice as much was as should be, or more. */
    private double bySurprise() {
        if (surpriseWeight == 0) return 0;
        return Math.clamp(recentSurprise / surpriseWeight / (1 - probability), -1, 1);
    }

    private double unit() {
        return errorWeight > 0 ? error / errorWeight : 0;
    }
}
