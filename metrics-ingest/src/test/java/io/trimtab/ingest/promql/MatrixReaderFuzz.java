package io.trimtab.ingest.promql;

import io.trimtab.ingest.fuzz.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The answer of a store to {@code query_range}; that it is no such answer is said by an {@link IOException}. */
public final class MatrixReaderFuzz implements FuzzTarget {
    private static final long BUDGET = 1000;

    private static final List<String> SEEDS = List.of(
            """
            {"status":"success","data":{"resultType":"matrix","result":[{"metric":{"namespace":"shop","pod":"web-0","container":"app"},
            "values":[[60,"0.5"],[120.000,"NaN"],[180,"+Inf"],[240,"-1"],[300,"1e-3"]],"histograms":[[1,{"count":"1"}]]}]}}
            """,
            """
            {"status":"error","errorType":"bad_data","error":"no such thing","warnings":["one store is away"]}
            """,
            """
            {"status":"success","data":{"resultType":"matrix","result":[]},"infos":[{"a":[1]}]}
            """,
            // Once the rest of the list was taken for what comes after it.
            """
            {"status":[300,"1e-3"],"error":"x"}
            """,
            """
            {"status":"success","data":[180,{"resultType":"matrix"}],"warnings":{"a":["b"]}}
            """,
            """
            {"status":"success","data":{"resultType":[{"a":1}],"result":[{"metric":{"pod":["web-0"]},"values":[]}]}}
            """);

    /** As Jazzer calls it. */
    public static void fuzzerTestOneInput(byte[] input) {
        read(input);
    }

    @Override
    public void run(byte[] input) {
        read(input);
    }

    @Override
    public List<byte[]> seeds() {
        return SEEDS.stream().map(seed -> seed.getBytes(StandardCharsets.UTF_8)).toList();
    }

    private static void read(byte[] input) {
        try {
            Answer answer = MatrixReader.read(new ByteArrayInputStream(input), Labels.USUAL, BUDGET);
            if (answer.dropped() < 0) throw new AssertionError("%d samples dropped".formatted(answer.dropped()));
        } catch (IOException | MatrixReader.TooManySamples | MatrixReader.ErrorAnswer refused) {
            if (refused.getMessage() == null && refused instanceof MatrixReader.ErrorAnswer)
                throw new AssertionError("an error without a word", refused);
        }
    }
}
