package io.trimtab.service.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers that pkg/recommender/logic of vertical-pod-autoscaler 1.8.1 gave for the documents of {@link SeededUsage}: target, lower, upper. */
class StockVpaNumbersTest {
    private final Evaluator evaluator = Evaluator.create();

    @ParameterizedTest(name = "seed {0}")
    @CsvSource(delimiter = '|', textBlock = """
         1 |       25 |       25 |     1296 |      262144000 |      262144000 |     8155795713
         2 |      163 |       48 |     1931 |   212696495298 |   200097367976 |  1516028211166
         3 |       12 |       12 |      703 |     9616998332 |     7701049633 |   615235552183
         4 |    16610 |     5725 |   225309 |      183046954 |      142443533 |     1592606385
         5 |      143 |       48 |     1710 |   258583485827 |   209901463123 |  1974529198227
         6 |    15045 |     5000 |  1005925 |   183703912362 |    92476336497 |  9592131907665
         7 |      203 |       47 |     4451 |      671629701 |      316679602 |     7889142905
         8 |       12 |       12 |     1331 |      163378051 |      131072000 |    19768744171
         9 |    18337 |     5300 |  1251876 |   212696495298 |   159486707637 | 10282273039817
        10 |       25 |       25 |      675 |    10109348249 |     7360553489 |   620485091584
        11 |     2162 |      756 |    23243 |      813749082 |      544030012 |     5000290422
        12 |      163 |       48 |     1670 |      131072000 |      131072000 |      369636695
        13 |       12 |       12 |      668 |   246259034121 |   189388076489 | 14960491778280
        14 |      109 |       47 |     1635 |     4743403291 |     1439949367 |    69951858629
        15 |    12965 |     5716 |   258991 |      920733364 |      851366234 |     8766035400
        16 |     2406 |      802 |    30793 |    10109348249 |     9491764746 |    76581775091
        17 |       11 |        9 |      671 |      978270031 |      770680434 |    59674471891
        18 |      126 |       47 |     2744 |      262144000 |      262144000 |      670224417
        19 |    11738 |     4906 |   137034 |   124263711898 |    48206451227 |  1189381242452
        20 |    15045 |     4893 |  1111748 |     7871149897 |     4651585835 |   501388821232
        21 |      126 |       47 |     2135 |      920733364 |      371219967 |    12062380793
        22 |     2822 |      783 |   208736 |      183046954 |      165918463 |     9399397085
        23 |       25 |       25 |     1142 |    76198339717 |    49045387080 |  7913741853465
        24 |       25 |       25 |      659 |     1102117711 |      872407562 |    66056394812
        25 |     2162 |      855 |    20861 |      262144000 |      262144000 |      282060468
        26 |    18337 |     6326 |   345989 |       87381333 |       87381333 |      343344319
        27 |     1554 |      802 |    22536 |   246259034121 |   209926738689 |  1865496518752
        28 |      109 |       47 |     3047 |      671629701 |      262144000 |     8843200224
        29 |    23466 |     5721 |   301011 |      262144000 |      262144000 |      329542495
        30 |       12 |       12 |     1600 |   118335439903 |    40890291475 |  8232765604680
        31 |    19265 |     5477 |  1648517 |    11739088017 |     6703726881 |   677262188193
        32 |    16610 |     5571 |   710473 |    10626315661 |     9215792838 |   239468208260
        33 |      271 |       62 |     2624 |      323522422 |      201306379 |     2844972254
        34 |     1938 |      835 |    50630 |      126805489 |       87381333 |     2275039655
        35 |      182 |       47 |     3407 |   212696495298 |    82293193674 |  2448338489671
        36 |       25 |       25 |     9959 |      813749082 |      267655911 |   352353352506
        """)
    void agree(long seed, long cpu, long cpuLower, long cpuUpper, long memory, long memoryLower, long memoryUpper) {
        JsonNode answer = evaluator.answer("rightsize", SeededUsage.document(seed));
        assertThat(milli(answer, "target")).isEqualTo(cpu);
        assertThat(milli(answer, "lower")).isEqualTo(cpuLower);
        assertThat(milli(answer, "upper")).isEqualTo(cpuUpper);
        assertThat(bytes(answer, "target")).isEqualTo(memory);
        assertThat(bytes(answer, "lower")).isEqualTo(memoryLower);
        assertThat(bytes(answer, "upper")).isEqualTo(memoryUpper);
    }

    private static long milli(JsonNode answer, String bound) {
        return MilliCores.parse(answer.at("/cpu/" + bound).textValue()).value();
    }

    private static long bytes(JsonNode answer, String bound) {
        return Bytes.parse(answer.at("/memory/" + bound).textValue()).value();
    }
}
