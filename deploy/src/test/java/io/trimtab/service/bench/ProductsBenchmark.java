package io.trimtab.service.bench;

import io.trimtab.forecast.ensemble.Fan;
import io.trimtab.forecast.ensemble.SeasonalForecaster;
import io.trimtab.forecast.regression.Products;
import io.trimtab.forecast.season.Season;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Sums of products of a regression with 24 lags over 600 rows, by our loops and by the library; and a whole forecast of 48 hours. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProductsBenchmark {
    private static final int ROWS = 600;
    private static final int SIZE = 26;

    private final double[][] rows = new double[ROWS][SIZE];
    private final double[][] block = new double[Products.ROWS_AT_ONCE][];
    private final double[] hours = new double[960];

    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (double[] row : rows) for (int j = 0; j < SIZE; j++) row[j] = random.nextGaussian();
        for (int t = 0; t < hours.length; t++)
            hours[t] = 100 + 30 * Math.sin(2 * Math.PI * t / 24) + 5 * random.nextGaussian();
    }

    @Benchmark
    public double ourProducts() {
        Products products = new Products(SIZE);
        for (int i = 0; i < ROWS; i += block.length) {
            for (int k = 0; k < block.length; k++) block[k] = rows[i + k];
            products.add(block);
        }
        return products.weight();
    }

    @Benchmark
    public RealMatrix libraryProducts() {
        RealMatrix matrix = new Array2DRowRealMatrix(rows, false);
        return matrix.transpose().multiply(matrix);
    }

    @Benchmark
    public Fan forecastOfTwoDays() {
        return SeasonalForecaster.forecast(hours, 48, Season.HOURLY);
    }
}
