package io.trimtab.forecast.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.forecast.spend.SpendForecast.Coverage;
import io.trimtab.forecast.spend.SpendForecast.Interval;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpendForecasterTest {
    private static final int DAY = 24;
    private static final int KNOWN = 10;

    /** Twelve months of a set, from day 10 on. */
    private record Months(double error, double runRateError, int better, int weekly, int covered) {
        static Months of(long seed, int daysBefore) {
            double error = 0;
            double runRateError = 0;
            int better = 0;
            int weekly = 0;
            int covered = 0;
            for (int month = 1; month <= 12; month++) {
                LocalDate first = LocalDate.of(2026, month, 1);
                int days = first.lengthOfMonth();
                SeededSpend spend =
                        SeededSpend.of(seed + month, first.minusDays(daysBefore), daysBefore + days, month % 4 != 0);
                int start = daysBefore * DAY;
                int now = start + KNOWN * DAY;
                double soFar = Arrays.stream(spend.hours(), start, now).sum();
                double total = Arrays.stream(spend.hours(), start, spend.hours().length)
                        .sum();
                SpendForecast forecast = SpendForecaster.forecast(
                                Arrays.copyOf(spend.hours(), now), (days - KNOWN) * DAY)
                        .orElseThrow();
                double off = Math.abs((soFar + forecast.total()) / total - 1);
                double runRateOff = Math.abs(soFar / KNOWN * days / total - 1);
                error += off / 12;
                runRateError += runRateOff / 12;
                if (spend.weekly()) weekly++;
                if (spend.weekly() && off < runRateOff) better++;
                Interval interval = forecast.interval(Coverage.EIGHTY);
                if (interval.low() <= total - soFar && total - soFar <= interval.high()) covered++;
            }
            return new Months(error, runRateError, better, weekly, covered);
        }
    }

    @ParameterizedTest(name = "seeds {0} and up, {1} days before the month known")
    @CsvSource({"900001, 0", "900101, 0", "900001, 28", "900101, 28", "900001, 53"})
    void theEndOfAMonthIsKnownFromItsTenthDay(long seed, int daysBefore) {
        int sets = 20;
        double error = 0;
        double runRateError = 0;
        int covered = 0;
        int better = 0;
        int weekly = 0;
        for (int set = 0; set < sets; set++) {
            Months months = Months.of(seed + 1000L * set, daysBefore);
            assertThat(months.error()).as("MAPE of set %d", set).isLessThan(0.06);
            error += months.error() / sets;
            runRateError += months.runRateError() / sets;
            covered += months.covered();
            better += months.better();
            weekly += months.weekly();
        }
        System.out.printf(
                "seeds %d, %d days before: MAPE %.2f %% (run rate %.2f %%), nearer than run rate in %d of %d weekly"
                        + " months, 80 %% interval holds %.1f %%; the first twelve: %s%n",
                seed,
                daysBefore,
                100 * error,
                100 * runRateError,
                better,
                weekly,
                100.0 * covered / sets / 12,
                Months.of(seed, daysBefore));
        assertThat(covered / (sets * 12.0)).isBetween(0.72, 0.88);
        assertThat(error).as("MAPE against that of the run rate").isLessThan(0.9 * runRateError);
        assertThat(better / (double) weekly).isGreaterThan(0.5);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        less than a week: nothing is said        | 167 |  0 | 24 |
        a week of what is constant               | 168 |  2 | 24 |  48
        and a part of a day                      | 200 |  2 | 36 |  72
        a namespace that is younger than history | 300 |  2 | 24 |  48
        """)
    void continuesWhatIsConstant(String name, int known, double perHour, int hours, Double expected) {
        double[] history = new double[Math.max(known, 300)];
        Arrays.fill(history, history.length - known, history.length, perHour);
        var forecast = SpendForecaster.forecast(history, hours);
        if (expected == null) assertThat(forecast).isEmpty();
        else assertThat(forecast.orElseThrow().total()).isCloseTo(expected, within(1e-6));
    }

    @Test
    void aDayOffIsForeseenToTheHour() {
        // Monday to Friday from 8 to 18, for three weeks; now it is Monday, 0 h.
        double[] history = IntStream.range(0, 21 * DAY)
                .mapToDouble(t -> t / DAY % 7 < 5 && t % DAY >= 8 && t % DAY < 18 ? 1 : 0)
                .toArray();
        double[] path = SpendForecaster.forecast(history, 7 * DAY).orElseThrow().path();
        for (int t = 0; t < path.length; t++)
            assertThat(path[t]).as("hour %d", t).isCloseTo(history[t], within(0.1));
    }

    @Test
    void whatIsMissingCountsAsNeitherMuchNorNothing() {
        SeededSpend spend = SeededSpend.of(900001, LocalDate.of(2026, 1, 1), 30, true);
        double[] gaps = spend.hours().clone();
        for (int t = 0; t < gaps.length; t++) if (t / 6 % 7 == 3) gaps[t] = Double.NaN;
        double whole =
                SpendForecaster.forecast(spend.hours(), 240).orElseThrow().total();
        assertThat(SpendForecaster.forecast(gaps, 240).orElseThrow().total()).isCloseTo(whole, within(0.06 * whole));
    }

    @Test
    void intervalsHoldEachOtherAndAreNeverNegative() {
        for (int seed = 910_000; seed < 910_050; seed++) {
            double[] history = SeededSpend.of(seed, LocalDate.of(2026, 3, 1), 9, seed % 2 == 0)
                    .hours();
            SpendForecast forecast =
                    SpendForecaster.forecast(history, 1 + seed % 500).orElseThrow();
            Interval narrow = forecast.interval(Coverage.EIGHTY);
            Interval wide = forecast.interval(Coverage.NINETY_FIVE);
            assertThat(wide.low()).isBetween(0.0, narrow.low());
            assertThat(narrow.high()).isBetween(forecast.total(), wide.high());
            assertThat(Arrays.stream(forecast.path()).allMatch(it -> it >= 0 && Double.isFinite(it)))
                    .isTrue();
        }
    }

    @Test
    void noHourToComeIsNoQuestion() {
        assertThatThrownBy(() -> SpendForecaster.forecast(new double[500], 0)).hasMessageContaining("hours (0)");
    }
}
