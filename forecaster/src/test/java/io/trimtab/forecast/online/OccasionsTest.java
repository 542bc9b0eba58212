package io.trimtab.forecast.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holidays and deploys, which no sample tells of. */
class OccasionsTest {
    private static final double IDLE = 0.1;
    private static final int WEEKS = 4;

    /** The third Wednesday of the four weeks, and the one after these. */
    private static final Holidays WEDNESDAYS =
            new Holidays(Set.of(LocalDate.parse("2026-11-18"), LocalDate.parse("2026-12-02")), ZoneOffset.UTC);

    /** Busy from 9 to 17 on Monday to Friday, but for holidays. */
    private static DoubleUnaryOperator office(long seed, Holidays holidays) {
        SplittableRandom random = new SplittableRandom(seed);
        return hour -> {
            boolean rests = holidays.falls((int) (Fed.START / 3600 + Math.floor(hour)));
            boolean busy = hour % 168 < 120 && hour % 24 >= 9 && hour % 24 < 17 && !rests;
            return (busy ? 1 : IDLE) * (1 + 0.03 * random.nextGaussian());
        };
    }

    private static OnlineSeries shown(double[] samples, Occasions occasions) {
        OnlineSeries series = new OnlineSeries();
        for (int i = 0; i < samples.length; i++) {
            series.add(Fed.START + (long) i * Fed.STEP, samples[i]);
            if (i % (Fed.PER_DAY / 2) == 0 || i > samples.length - 2 * Fed.PER_DAY) series.refit(occasions);
        }
        return series;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void expectsASundayOnAHolidayAndAWeekdayAfterOne(long seed) {
        double[] samples = Fed.samples(7 * WEEKS, office(seed, WEDNESDAYS));
        OnlineSeries knowing = shown(samples, new Occasions(OptionalLong.empty(), WEDNESDAYS));
        OnlineSeries unaware = shown(samples, Occasions.NONE);
        Duration tuesdayNoon = Duration.ofHours(24 + 12);
        Duration wednesdayNoon = Duration.ofHours(48 + 12);
        Duration thursdayNoon = Duration.ofHours(72 + 12);

        assertThat(knowing.forecast(wednesdayNoon).value(Level.P95)).isLessThan(1.5 * IDLE);
        assertThat(unaware.forecast(wednesdayNoon).value(Level.P95)).isGreaterThan(0.9);
        for (Duration busy : new Duration[] {tuesdayNoon, thursdayNoon})
            assertThat(knowing.forecast(busy).value(Level.P50)).isBetween(0.9, 1.1);
    }

    /** A week after a holiday the calendar says that it was no usual Wednesday. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void doesNotLearnAHolidayAsAWeekday(long seed) {
        Holidays last = new Holidays(Set.of(LocalDate.parse("2026-11-25")), ZoneOffset.UTC);
        double[] samples = Fed.samples(7 * WEEKS, office(seed, last));
        Duration wednesdayNoon = Duration.ofHours(48 + 12);
        double knowing = shown(samples, new Occasions(OptionalLong.empty(), last))
                .forecast(wednesdayNoon)
                .value(Level.P50);
        double unaware = shown(samples, Occasions.NONE).forecast(wednesdayNoon).value(Level.P50);
        assertThat(Math.abs(1 - knowing)).isLessThan(0.05);
        assertThat(unaware).isLessThan(0.5);
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource({
        "2026-12-25T00:00:00Z, UTC,           true",
        "2026-12-24T23:00:00Z, UTC,           false",
        "2026-12-24T23:00:00Z, Europe/Berlin, true",
        "2026-12-25T23:00:00Z, Europe/Berlin, false",
        "2026-12-27T12:00:00Z, UTC,           false",
    })
    void fallsOnDaysOfItsZone(Instant at, String zone, boolean expected) {
        // The 27th is a Sunday, which is like a Sunday anyway.
        Holidays holidays =
                new Holidays(Set.of(LocalDate.parse("2026-12-25"), LocalDate.parse("2026-12-27")), ZoneId.of(zone));
        assertThat(holidays.falls((int) (at.getEpochSecond() / 3600))).isEqualTo(expected);
    }

    /** The third hour after a deploy, of which two are over. */
    @ParameterizedTest(name = "{0} days known, then {1} times as much, seed {2}")
    @CsvSource({"10, 1.5, 1", "10, 0.6, 2", "20, 1.5, 3", "20, 0.6, 4", "27, 1.4, 5", "27, 2.5, 6"})
    void believesADeployAfterTwoHours(int days, double factor, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double deployedAt = days * 24 + 10;
        DoubleUnaryOperator amount = hour -> (hour >= deployedAt ? factor : 1)
                * (100 + 40 * Math.sin(2 * Math.PI * hour / 24))
                * (1 + 0.02 * random.nextGaussian());
        double[] samples = Fed.samples((deployedAt + 3.1) / 24, amount);
        long deployedSeconds = Fed.START + (long) (deployedAt * 3600);
        OnlineSeries knowing = shown(samples, new Occasions(OptionalLong.of(deployedSeconds), Holidays.NONE));
        OnlineSeries unaware = shown(samples, Occasions.NONE);
        double errorKnowing = 0;
        double errorUnaware = 0;
        for (int ahead = 4; ahead <= 24; ahead++) {
            double comes = factor * (100 + 40 * Math.sin(2 * Math.PI * (deployedAt + 3 + ahead) / 24));
            errorKnowing +=
                    Math.abs(comes - knowing.forecast(Duration.ofHours(ahead)).value(Level.P50));
            errorUnaware +=
                    Math.abs(comes - unaware.forecast(Duration.ofHours(ahead)).value(Level.P50));
        }
        System.out.printf(
                "deploy x %.1f, %d days known: mean error of the day ahead %.1f with the deploy known, %.1f without%n",
                factor, days, errorKnowing / 21, errorUnaware / 21);
        assertThat(errorKnowing).isLessThan(0.7 * errorUnaware);
    }

    /** Known to last: what was believed after two hours is believed on the next days, over the weekend and a holiday, too. */
    @ParameterizedTest(name = "{0} hours after a deploy, holidays {1}")
    @CsvSource({"3, false", "30, false", "54, false", "100, false", "54, true", "100, true", "150, true"})
    void goesOnBelievingADeploy(int hoursAgo, boolean restful) {
        Holidays holidays =
                restful ? new Holidays(Set.of(LocalDate.parse("2026-11-18")), ZoneOffset.UTC) : Holidays.NONE;
        // On Tuesday the 17th at 10:00.
        double deployedAt = 15 * 24 + 10;
        SplittableRandom random = new SplittableRandom(9);
        double[] samples = Fed.samples((deployedAt + hoursAgo + 0.1) / 24, hour -> {
            boolean rests = holidays.falls((int) (Fed.START / 3600 + Math.floor(hour)));
            double usual = hour % 168 < 120 && !rests ? 100 + 40 * Math.sin(2 * Math.PI * hour / 24) : 40;
            return (hour >= deployedAt ? 2 : 1) * usual * (1 + 0.02 * random.nextGaussian());
        });
        OnlineSeries series =
                shown(samples, new Occasions(OptionalLong.of(Fed.START + (long) (deployedAt * 3600)), holidays));
        // The next Tuesday at 10:00, which is no holiday.
        double comes = 2 * (100 + 40 * Math.sin(2 * Math.PI * 10 / 24));
        double said = series.forecast(Duration.ofHours(167 - hoursAgo)).value(Level.P50);
        assertThat(said / comes).isBetween(0.85, 1.15);
    }

    /** Most deploys change nothing that is used. */
    @Test
    void deploysThatChangeNothingChangeNothing() {
        int differ = 0;
        int asked = 100;
        for (long seed = 1; seed <= asked; seed++) {
            int sinceDeploy = (int) (2 + seed % 60);
            // A Saturday, too, with eight days known or more.
            double[] hours = new double[(int) (24 * (11 + seed % 8))];
            SplittableRandom random = new SplittableRandom(seed);
            for (int t = 0; t < hours.length; t++)
                hours[t] = (t % 168 < 120 ? 100 : 50) + 30 * Math.sin(2 * Math.PI * t / 24) + 5 * random.nextGaussian();
            if (LevelShift.find(hours, new boolean[hours.length], sinceDeploy).isPresent()) differ++;
        }
        assertThat(differ).isLessThanOrEqualTo(1);
    }
}
