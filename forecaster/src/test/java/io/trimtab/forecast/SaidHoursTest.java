package io.trimtab.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.forecast.online.HourAhead;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SaidHoursTest {
    private static final long HOUR = 3600;
    private final SaidHours said = new SaidHours();

    @Test
    void keepsTheLastThreeDaysAndTheLastWordOnEachHour() {
        for (int hour = 0; hour < 100; hour++) {
            said.keep(hour(hour, 1000));
            said.keep(hour(hour, hour));
        }
        assertThat(said.all())
                .containsExactlyElementsOf(LongStream.range(28, 100)
                        .mapToObj(hour -> hour(hour, hour))
                        .toList());
    }

    @Test
    void leavesOutHoursOfWhichNothingWasSaid() {
        said.keep(hour(10, 1));
        said.keep(hour(13, 2));
        said.keep(hour(12, 9));
        assertThat(said.all()).containsExactly(hour(10, 1), hour(13, 2));
        said.keep(hour(13 + 500, 3));
        assertThat(said.all()).containsExactly(hour(513, 3));
    }

    @Test
    void aRestartChangesNothing() {
        for (int hour : new int[] {5, 6, 9}) said.keep(hour(hour, hour));
        StateWriter to = new StateWriter();
        said.write(to);
        assertThat(SaidHours.read(new StateReader(to.toBytes())).all()).isEqualTo(said.all());
    }

    @Test
    void whatIsNoAmountIsRefused() {
        StateWriter to = new StateWriter();
        to.number(1);
        to.signed(HOUR);
        to.single(Float.NaN);
        to.single(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SaidHours.read(new StateReader(to.toBytes())))
                .withMessageContaining("no amount");
    }

    private static HourAhead hour(long hour, double amount) {
        return new HourAhead(hour * HOUR, amount, 2 * amount);
    }
}
