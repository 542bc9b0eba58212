package io.trimtab.recommend.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.recommend.pods.LiveContainer.Amounts;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodUpdaterTest {
    /** A container is request/target/lower/upper of CPU in cores, or with an m before it of memory in bytes; - is absent. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
        old, grows fivefold             | 2/10/1/12           | PT13H       | true  | true  | false | 4.0   | DiffersEnough
        young waits                     | 2/10/1/12           | PT11H59M    | false | true  | false | 4.0   | TooYoung
        twelve hours are enough         | 2/10/1/12           | PT12H       | true  | true  | false | 4.0   | DiffersEnough
        not started waits               | 2/10/1/12           | none        | false | true  | false | 4.0   | NotStarted
        outside acts at once            | 2/10/3/12           | PT1M        | true  | true  | true  | 4.0   | OutsideRange
        outside acts before the start   | 2/10/3/12           | none        | true  | true  | true  | 4.0   | OutsideRange
        above the upper bound           | 13/10/3/12          | PT1M        | true  | false | true  | 0.230769 | OutsideRange
        at the lower bound              | 3/10/3/12           | PT1M        | false | true  | false | 2.333333 | TooYoung
        at the upper bound              | 12/10/3/12          | PT1M        | false | false | false | 0.166667 | TooYoung
        a tenth is enough               | 10/9/1/12           | PT13H       | true  | false | false | 0.1   | DiffersEnough
        just below a tenth              | 10/9.001/1/12       | PT13H       | false | false | false | 0.0999 | DiffersLittle
        no request                      | -/10/1/12           | PT1M        | true  | true  | true  | 9999  | OutsideRange
        no bounds                       | 2/10/-/-            | PT13H       | true  | true  | false | 4.0   | DiffersEnough
        no target                       | 2/-/3/4             | PT13H       | false | false | false | 0     | DiffersLittle
        containers are summed           | 2/1/1/9 2/3/1/9     | PT13H       | false | true  | false | 0     | DiffersLittle
        resources add up                | 10/9.5/1/99 m100/95/1/200 | PT13H | true  | false | false | 0.1   | DiffersEnough
        memory alone                    | m100/200/1/300      | PT13H       | true  | true  | false | 1.0   | DiffersEnough
        memory without a request        | m-/2/1/3            | PT13H       | true  | true  | true  | 1999  | OutsideRange
        nothing at all                  | -/-/-/-             | PT13H       | false | false | false | 0     | DiffersLittle
        """)
    void decides(
            String name,
            String containers,
            Duration age,
            boolean act,
            boolean scaleUp,
            boolean outside,
            double difference,
            String reason) {
        List<LiveContainer> live = Arrays.stream(containers.split(" "))
                .map(PodUpdaterTest::container)
                .toList();
        PodUpdate update = PodUpdater.decide(live, Optional.ofNullable(age));
        assertThat(update.act()).isEqualTo(act);
        assertThat(update.scaleUp()).isEqualTo(scaleUp);
        assertThat(update.outsideRange()).isEqualTo(outside);
        assertThat(update.resourceDifference()).isCloseTo(difference, within(1e-6));
        assertThat(update.reasons().get(0).getClass().getSimpleName()).isEqualTo(reason);
    }

    private static LiveContainer container(String text) {
        boolean memory = text.startsWith("m");
        List<Amounts> amounts = Arrays.stream((memory ? text.substring(1) : text).split("/"))
                .map(amount -> amounts(amount, memory))
                .toList();
        return new LiveContainer(text, amounts.get(0), amounts.get(1), amounts.get(2), amounts.get(3));
    }

    private static Amounts amounts(String amount, boolean memory) {
        if (amount.equals("-")) return Amounts.NONE;
        if (memory) return new Amounts(Optional.empty(), Optional.of(Bytes.parse(amount)));
        return new Amounts(Optional.of(MilliCores.parse(amount)), Optional.empty());
    }
}
