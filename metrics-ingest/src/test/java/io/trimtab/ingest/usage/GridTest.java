package io.trimtab.ingest.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridTest {
    @ParameterizedTest(name = "({0}, {1}] by {2}")
    @CsvSource(delimiter = '|', textBlock = """
        0    | 180  | PT60S   | 60  | 3
        1    | 180  | PT60S   | 60  | 3
        59   | 179  | PT60S   | 60  | 2
        60   | 60   | PT60S   | 120 | 0
        61   | 119  | PT60S   | 120 | 0
        -1   | 0    | PT60S   | 0   | 1
        0    | 10   | PT1.5S  | 2   | 5
        """)
    void holdsTheMultiplesOfTheStep(long from, long to, Duration step, long first, int points) {
        Grid grid = Grid.between(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to), step);
        assertThat(grid.first()).isEqualTo(first);
        assertThat(grid.points()).isEqualTo(points);
    }

    @ParameterizedTest(name = "in chunks of {0}")
    @CsvSource({"1", "2", "7", "100", "101"})
    void chunksCoverTheGridOnce(int size) {
        Grid rest = new Grid(600, 100, 60);
        long expected = 600;
        while (!rest.isEmpty()) {
            Grid chunk = rest.head(size);
            assertThat(chunk.first()).isEqualTo(expected);
            expected = chunk.last() + 60;
            rest = rest.after(chunk.points());
        }
        assertThat(expected).isEqualTo(600 + 100 * 60);
    }
}
