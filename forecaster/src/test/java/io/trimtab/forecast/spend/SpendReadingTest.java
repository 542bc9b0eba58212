package io.trimtab.forecast.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpendReadingTest {
    private static final int BEFORE = 28 * 24;
    private static final int MONTH = 30 * 24;

    private static SeededSpend spend(long seed) {
        return SeededSpend.of(seed, LocalDate.of(2026, 1 + (int) (seed % 12), 1), 58, seed % 4 != 0);
    }

    private static SpendReading at(double[] hours, int last) {
        return SpendReading.newest(Arrays.copyOf(hours, last + 1)).orElseThrow();
    }

    @Test
    void aStepOfThirtyPercentIsSeenWithinThreeHoursSeeds940000() {
        int seen = 0;
        int all = 300;
        Random random = new Random(940_000);
        for (int seed = 940_000; seed < 940_000 + all; seed++) {
            int from = BEFORE + random.nextInt(MONTH - SpendReading.HOURS);
            double[] hours = spend(seed).steppedUp(from, 0.3).hours();
            boolean found = false;
            for (int t = from; t < from + SpendReading.HOURS; t++)
                found |= at(hours, t).isUnusual();
            if (found) seen++;
        }
        System.out.printf("steps of 30 %% seen within 3 h: %d of %d%n", seen, all);
        assertThat(seen / (double) all).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void aMonthHasAFalseAlarmAtMostOnAverageSeeds950000() {
        int alarms = 0;
        int all = 24;
        for (int seed = 950_000; seed < 950_000 + all; seed++) {
            double[] hours = spend(seed).hours();
            boolean open = false;
            for (int t = BEFORE; t < BEFORE + MONTH; t++) {
                SpendReading reading = at(hours, t);
                if (!open && reading.isUnusual()) alarms++;
                open = reading.isUnusual() || (open && !reading.isUsual());
            }
        }
        System.out.printf("false alarms: %d in %d months%n", alarms, all);
        assertThat(alarms).isLessThanOrEqualTo(all);
    }

    @Test
    void nothingIsSaidBeforeEnoughIsKnown() {
        double[] hours = spend(940_000).hours();
        assertThat(SpendReading.newest(Arrays.copyOf(hours, SpendReading.FEWEST - 1)))
                .isEmpty();
        assertThat(SpendReading.newest(Arrays.copyOf(hours, SpendReading.FEWEST)))
                .isPresent();
        assertThat(SpendReading.newest(new double[0])).isEmpty();
        assertThat(SpendReading.newest(new double[BEFORE])).isEmpty();
    }

    @Test
    void whatEveryWeekBringsIsUsualHoweverLarge() {
        double[] hours = new double[BEFORE + MONTH];
        for (int t = 0; t < hours.length; t++) hours[t] = t % 168 >= 100 && t % 168 < 110 ? 50 : 1;
        for (int t = BEFORE; t < hours.length; t++)
            assertThat(at(hours, t).isUnusual()).as("hour %d", t).isFalse();
    }

    /** One an hour while it is awake; it is looked at for two weeks, and then a step of 30 % begins where it is awake. */
    @ParameterizedTest(name = "awake in {1} h from {0}:00, {2} days a week")
    @CsvSource({"0, 24, 5", "8, 9, 7", "8, 9, 5", "6, 3, 7"})
    void whatSleepsIsUsualWhenItWakesAndIsWatchedWhileItIsAwake(int from, int awake, int days) {
        double[] hours = new double[8 * 168];
        for (int t = 0; t < hours.length; t++)
            hours[t] = t / 24 % 7 < days && t % 24 >= from && t % 24 < from + awake ? 1 : 0;
        int step = 7 * 168 + 24 + from;
        for (int t = 5 * 168; t < step; t++)
            assertThat(SpendReading.newest(Arrays.copyOf(hours, t + 1)).filter(SpendReading::isUnusual))
                    .as("hour %d", t)
                    .isEmpty();
        for (int t = step; t < step + 3; t++) hours[t] = 1.3;
        assertThat(at(hours, step + 2).isUnusual()).isTrue();
        assertThat(at(hours, step + 2).expected()).isCloseTo(1, within(0.05));
    }

    /** What is spent in hours in which nothing was to be expected is unusual at once. */
    @Test
    void aNightThatIsNotSleptIsUnusual() {
        double[] hours = new double[8 * 168];
        for (int t = 0; t < hours.length; t++) hours[t] = t % 24 >= 8 && t % 24 < 17 ? 1 : 0;
        Arrays.fill(hours, hours.length - 5, hours.length, 1);
        assertThat(at(hours, hours.length - 1).isUnusual()).isTrue();
    }

    @Test
    void saysWhatWasExpected() {
        double[] hours = new double[BEFORE];
        Arrays.fill(hours, 2);
        Arrays.fill(hours, BEFORE - 3, BEFORE, 3);
        SpendReading reading = at(hours, BEFORE - 1);
        assertThat(reading.spent()).isEqualTo(3);
        assertThat(reading.expected()).isCloseTo(2, within(0.01));
        assertThat(reading.excess()).isCloseTo(0.5, within(0.01));
        assertThat(reading.limit()).isEqualTo(0.10);
        assertThat(reading.isUnusual()).isTrue();
    }

    @Test
    void anHourOfWhichNothingIsKnownIsNoHourOfNothing() {
        double[] hours = spend(940_000).hours();
        hours[hours.length - 2] = Double.NaN;
        assertThat(SpendReading.newest(hours)).isEmpty();
    }
}
