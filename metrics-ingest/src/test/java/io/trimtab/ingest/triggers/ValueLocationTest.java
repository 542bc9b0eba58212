package io.trimtab.ingest.triggers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.trimtab.ingest.triggers.ValueLocation.Found;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueLocationTest {
    private static final String TREE = """
        {"depth": 7, "dep.th": 8, "#": 9, "0": 10, "@time": 11, "text": "12", "yes": true, "none": null, "a*b": 13,
         "queues": [{"depth": 1, "tags": ["x", "y"]}, {"depth": 2.50}, 3, [4, 5]],
         "nested": {"#": 14, "depth": {"now": -1e3}}, "depth": 99, "empty": []}
        """;

    private static String shortForm(Found found) {
        return switch (found) {
            case Found.Digits(String text) -> text;
            case Found.Text(String text) -> "\"" + text + "\"";
            case Found.Other(String what) -> what;
            case Found.Nothing() -> "nothing";
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        depth              | 7
        dep\\.th           | 8
        \\#                | 9
        0                  | 10
        @time              | 11
        a\\*b              | 13
        text               | "12"
        yes                | a boolean
        none               | null
        queues             | a list
        nested             | an object
        queues.#           | 4
        empty.#            | 0
        queues.0.depth     | 1
        queues.1.depth     | 2.50
        queues.2           | 3
        queues.3.1         | 5
        queues.3.#         | 2
        queues.0.tags.#    | 2
        queues.0.tags.1    | "y"
        nested.depth.now   | -1e3
        nested.#           | 14
        queues.9           | nothing
        queues.-1          | nothing
        queues.depth       | nothing
        depth.now          | nothing
        depth.#            | nothing
        other              | nothing
        nested.other.depth | nothing
        """)
    void findsAsGjsonDoes(String location, String expected) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(TREE)) {
            assertThat(shortForm(ValueLocation.gjson(location).find(json))).isEqualTo(expected);
            assertThat(json.nextToken()).isNull();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        queues.#.depth            | # before its end
        queues.#(depth>1).depth   | a query
        queues.#(depth>1)#        | a query
        que*                      | an unescaped *
        dep?h                     | an unescaped ?
        'queues|0'                | 'an unescaped |'
        queues.@reverse.0         | a modifier
        @pretty:{}                | a modifier
        {depth,text}              | a multipath
        nested.[depth]            | a multipath
        !5                        | a literal
        queues..depth             | an empty step
        queues.                   | an empty step
        """)
    void refusesWhatElseGjsonKnows(String location, String what) {
        assertThatThrownBy(() -> ValueLocation.gjson(location))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "metadata.valueLocation (%s) must be names and numbers with dots between, a # at most at its end; it has %s"
                                .formatted(location, what));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a.b.0   | 1
        a.c     | "2Ki"
        a.b.2   | nothing
        d*      | 3
        e       | "word"
        """)
    void findsInYaml(String location, String expected) throws IOException {
        try (JsonParser yaml = new YAMLFactory().createParser("a:\n  b: [1, 2]\n  c: 2Ki\nd*: 3\ne: word\n")) {
            assertThat(shortForm(ValueLocation.plain(location).find(yaml))).isEqualTo(expected);
        }
    }

    @Test
    void readsToTheEndSoThatHalfAnAnswerIsNone() throws IOException {
        try (JsonParser json = new JsonFactory().createParser("{\"depth\": 7, \"rest\": [")) {
            assertThatThrownBy(() -> ValueLocation.gjson("depth").find(json))
                    .isInstanceOf(JsonProcessingException.class);
        }
        try (JsonParser json = new JsonFactory().createParser("")) {
            assertThatThrownBy(() -> ValueLocation.gjson("depth").find(json))
                    .isInstanceOf(JsonProcessingException.class)
                    .hasMessageContaining("is empty");
        }
    }

    @Test
    void anEscapedNameIsFoundWhateverItHolds_seed7() throws IOException {
        RandomGenerator random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            List<String> names = Stream.generate(() -> name(random))
                    .limit(1 + random.nextInt(4))
                    .toList();
            String tree = "7";
            for (String name : names.reversed())
                tree = "{\"other\": [{}, 1], \"%s\": %s}".formatted(name.replace("\\", "\\\\"), tree);
            String location =
                    names.stream().map(name -> name.replaceAll("(.)", "\\\\$1")).collect(Collectors.joining("."));
            try (JsonParser json = new JsonFactory().createParser(tree)) {
                assertThat(ValueLocation.gjson(location).find(json))
                        .as("%s in %s", location, tree)
                        .isEqualTo(new Found.Digits("7"));
            }
        }
    }

    private static String name(RandomGenerator random) {
        return random.ints(1 + random.nextInt(5), 0, 14)
                .mapToObj(i -> "abc0.#*?|@!{[\\".substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
