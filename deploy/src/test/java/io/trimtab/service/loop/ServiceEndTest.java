package io.trimtab.service.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with one part's end keeps no other from ending, such as the state from being saved. */
class ServiceEndTest {
    static List<Throwable> failures() {
        return List.of(new IllegalStateException("made up"), new NoClassDefFoundError("made up"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void eachPartEnds(Throwable failure) {
        List<String> ended = new ArrayList<>();
        List<Throwable> failures = Service.end(new ArrayDeque<>(List.of(
                () -> ended.add("first"),
                () -> {
                    if (failure instanceof Error error) throw error;
                    throw (RuntimeException) failure;
                },
                () -> ended.add("last"))));
        assertThat(ended).containsExactly("first", "last");
        assertThat(failures).containsExactly(failure);
    }
}
