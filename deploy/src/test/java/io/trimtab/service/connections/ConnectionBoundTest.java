package io.trimtab.service.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionBoundTest {
    private final ConnectionBound bound = new ConnectionBound("http", 4, 2, () -> Instant.EPOCH);

    /** Who connects, by the last part of its address, or goes (-); 1: let in, 0: not. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        as many as one address may have | 1 1 1        | 1 1 0
        another address                 | 1 1 1 2      | 1 1 0 1
        as many as may be in all        | 1 1 2 2 3    | 1 1 1 1 0
        room of one that went           | 1 1 -1 1 1   | 1 1 1 0
        room of another that went       | 1 1 2 2 -1 3 | 1 1 1 1 1
        """)
    void letsInSoMany(String name, String who, String expected) throws Exception {
        List<String> found = new ArrayList<>();
        for (String each : who.split(" ")) {
            if (each.startsWith("-")) bound.giveBack(address(each.substring(1)));
            else found.add(bound.take(address(each)) ? "1" : "0");
        }
        assertThat(String.join(" ", found)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"0, 0", "1, 0", "1, 2"})
    void boundsMustFit(int most, int mostOfOneAddress) {
        assertThatThrownBy(() -> new ConnectionBound("http", most, mostOfOneAddress, () -> Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static InetAddress address(String last) throws UnknownHostException {
        return InetAddress.getByName("10.0.0." + last);
    }
}
