package io.trimtab.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trimtab.forecast.online.Accuracy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypicalAccuracyTest {
    /** Of each series: hours judged, MASE, coverage. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        none                          |                                       | 0 | 0    | 0
        one                           | 24 0.7 0.9                            | 1 | 0.7  | 0.9
        one that was not judged a day | 24 0.7 0.9; 23 9 0.1                  | 1 | 0.7  | 0.9
        between the middle two        | 24 0.4 1; 24 0.8 0.8                  | 2 | 0.6  | 0.9
        a day before that never errs  | 24 0.4 0.9; 24 500 0.9; 24 0.8 0.9    | 3 | 0.8  | 0.9
        """)
    void ofManySeries(String name, String series, int judged, double mase, double coverage) {
        List<Accuracy> all = new ArrayList<>();
        if (series != null)
            for (String one : series.split(";")) {
                double[] figures = Arrays.stream(one.strip().split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                all.add(new Accuracy((long) figures[0], figures[1], 0.1, figures[2], figures[1] < 1));
            }
        TypicalAccuracy typical = TypicalAccuracy.of(all);
        assertThat(typical.series()).isEqualTo(judged);
        assertThat(typical.mase()).isCloseTo(mase, within(1e-12));
        assertThat(typical.coverage()).isCloseTo(coverage, within(1e-12));
    }
}
