package io.trimtab.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.trimtab.ingest.otlp.OtlpFuzz;
import io.trimtab.ingest.promql.MatrixReaderFuzz;
import io.trimtab.ingest.remotewrite.RemoteWriteFuzz;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The seeds of each target and some thousands of changed ones, the same in each run. {@code bin/fuzz} goes on from there, led by coverage. */
class FuzzShortTest {
    private static final int RUNS = 10_000;

    static Stream<Arguments> targets() {
        return Stream.of(new RemoteWriteFuzz(), new OtlpFuzz(), new MatrixReaderFuzz())
                .flatMap(target -> Stream.of(1L, 2L)
                        .map(seed -> Arguments.of(target.getClass().getSimpleName(), seed, target)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("targets")
    void answersWhateverComes(String name, long seed, FuzzTarget target) {
        for (byte[] input : target.seeds()) answers(target, input);
        Mutations mutations = new Mutations(seed, target.seeds());
        for (int i = 0; i < RUNS; i++) answers(target, mutations.next());
    }

    private static void answers(FuzzTarget target, byte[] input) {
        try {
            target.run(input);
        } catch (Exception | AssertionError | StackOverflowError e) {
            assertThatCode(() -> {
                        throw e;
                    })
                    .as("input %s", HexFormat.of().formatHex(input))
                    .doesNotThrowAnyException();
        }
    }
}
