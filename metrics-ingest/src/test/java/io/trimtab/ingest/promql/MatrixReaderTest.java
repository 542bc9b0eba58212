package io.trimtab.ingest.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.usage.Samples;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixReaderTest {
    private static final String WHOLE = """
        {"warnings":["one store is away"],"infos":[{"a":[1]}],"data":{"result":[
          {"values":[[60,"0.5"],[120.000,"NaN"],[180,"+Inf"],[240,"-1"],[300,"1e-3"],[300,"7"]],"histograms":[[1,{"count":"1"}]],
           "metric":{"namespace":"shop","pod":"web-0","container":"app"}},
          {"metric":{"namespace":"shop"},"values":[[60,"1"]]}],
         "resultType":"matrix","stats":{"x":1}},"status":"success"}
        """;

    private static Answer read(String body, long budget) throws Exception {
        return MatrixReader.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), Labels.USUAL, budget);
    }

    @Test
    void keepsTheUsableSamplesInAnyOrderOfKeys() throws Exception {
        Answer answer = read(WHOLE, 7);
        Samples samples = answer.series().get(new ContainerId(new PodId("shop", "web-0"), "app"));
        assertThat(samples.moments()).containsExactly(60, 300);
        assertThat(samples.values()).containsExactly(0.5, 0.001);
        assertThat(answer.dropped()).isEqualTo(4);
        assertThat(answer.unnamed()).isEqualTo(1);
        assertThat(answer.warnings()).containsExactly("one store is away");
    }

    @Test
    void stopsAtTheBudget() {
        assertThatThrownBy(() -> read(WHOLE, 6)).isInstanceOf(MatrixReader.TooManySamples.class);
    }

    @Test
    void anErrorKeepsItsTypeAndWords() {
        String body = "{\"status\":\"error\",\"data\":null,\"errorType\":\"bad_data\",\"error\":\"parse error\"}";
        assertThatThrownBy(() -> read(body, 1))
                .isInstanceOfSatisfying(
                        MatrixReader.ErrorAnswer.class, e -> assertThat(e.type).isEqualTo("bad_data"))
                .hasMessage("parse error");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 130, 200, 370})
    void everyCutIsNoticed(int length) {
        assertThatThrownBy(() -> read(WHOLE.substring(0, length), 100)).isInstanceOf(JsonEOFException.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a page          | <html><body>Sign in</body></html>
        nothing         | ` `
        a list          | []
        no status       | {"data":{"resultType":"matrix","result":[]}}
        no data         | {"status":"success"}
        a vector        | {"status":"success","data":{"resultType":"vector","result":[]}}
        a scalar result | {"status":"success","data":{"resultType":"matrix","result":7}}
        no number       | {"status":"success","data":{"resultType":"matrix","result":[{"metric":{"namespace":"a","pod":"b","container":"c"},"values":[[1,"x"]]}]}}
        no moment       | {"status":"success","data":{"resultType":"matrix","result":[{"metric":{"namespace":"a","pod":"b","container":"c"},"values":[["1","1"]]}]}}
        a triple        | {"status":"success","data":{"resultType":"matrix","result":[{"metric":{"namespace":"a","pod":"b","container":"c"},"values":[[1,"1",2]]}]}}
        """)
    void whatIsNoAnswerIsRefused(String name, String body) {
        assertThatThrownBy(() -> read(body, 100)).isInstanceOf(JsonParseException.class);
    }
}
