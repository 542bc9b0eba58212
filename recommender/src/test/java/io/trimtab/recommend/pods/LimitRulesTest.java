package io.trimtab.recommend.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.LimitRule;
import io.trimtab.ingest.model.Requirements;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitRulesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        the ratio stays             | 500m | 1    | 300m | 600m
        fractions are cut off       | 300m | 1    | 100m | 333m
        equal stays equal           | 1    | 1    | 587m | 587m
        no request means ratio one  | -    | 1    | 587m | 587m
        a request of zero likewise  | 0    | 1    | 587m | 587m
        no limit, none is made      | 500m | -    | 300m | -
        a limit of zero is none     | 500m | 0    | 300m | -
        """)
    void keepsTheRatio(String name, String request, String limit, String target, String expected) {
        Requirements now = cpu(request, limit);
        assertThat(LimitRules.RATIO.cpuLimit(now, MilliCores.parse(target)).map(MilliCores::toString))
                .isEqualTo(Optional.ofNullable(expected));
        Requirements memory = new Requirements(
                Optional.empty(),
                now.cpuRequest().map(amount -> new Bytes(amount.value())),
                Optional.empty(),
                now.cpuLimit().map(amount -> new Bytes(amount.value())),
                GpuMilli.ZERO);
        assertThat(LimitRules.RATIO
                        .memoryLimit(memory, new Bytes(MilliCores.parse(target).value()))
                        .map(Bytes::value))
                .isEqualTo(Optional.ofNullable(expected)
                        .map(text -> MilliCores.parse(text).value()));
    }

    @Test
    void keepsLimitsAndRequestsBelowThem() {
        Sizing sizing = new Sizing(
                Optional.of(new Range<>(new MilliCores(900), new MilliCores(400), new MilliCores(2000))),
                Optional.empty());
        Sizing capped = LimitRules.KEEP.cap(sizing, cpu("300m", "500m"));
        assertThat(capped.cpu()).contains(new Range<>(new MilliCores(500), new MilliCores(400), new MilliCores(500)));
        assertThat(LimitRules.KEEP.cap(sizing, Requirements.NONE)).isEqualTo(sizing);
        assertThat(LimitRules.RATIO.cap(sizing, cpu("300m", "500m"))).isEqualTo(sizing);
        assertThat(LimitRules.KEEP.cpuLimit(cpu("300m", "500m"), new MilliCores(100)))
                .contains(new MilliCores(500));
        assertThat(LimitRules.KEEP.memoryLimit(Requirements.NONE, new Bytes(1))).isEmpty();
    }

    @Test
    void addsHeadroomOrNothing() {
        LimitRules plus = new LimitRules(new LimitRule.None(), new LimitRule.Plus(new Bytes(256)));
        assertThat(plus.cpuLimit(cpu("1", "2"), new MilliCores(1))).isEmpty();
        assertThat(plus.memoryLimit(Requirements.NONE, new Bytes(100))).contains(new Bytes(356));
        assertThat(new LimitRules(new LimitRule.None(), new LimitRule.None())
                        .memoryLimit(Requirements.NONE, new Bytes(1)))
                .isEmpty();
        assertThatThrownBy(() -> new LimitRules(new LimitRule.Plus(new Bytes(1)), new LimitRule.None()))
                .hasMessage("a CPU limit cannot be request plus bytes");
    }

    @Test
    void anEndlessRatioEndsAtTheLargestNumber() {
        Requirements now = new Requirements(
                Optional.empty(),
                Optional.of(new Bytes(1)),
                Optional.empty(),
                Optional.of(new Bytes(1L << 60)),
                GpuMilli.ZERO);
        assertThat(LimitRules.RATIO.memoryLimit(now, new Bytes(1000))).contains(new Bytes(Long.MAX_VALUE));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        raised to min   | 100m | -    | 50m  | 100m
        lowered to max  | -    | 200m | 300m | 200m
        between         | 100m | 200m | 150m | 150m
        zero is none    | 0    | 0    | 150m | 150m
        equal bounds    | 1    | 1    | 150m | 1
        """)
    void clampsToBounds(String name, String min, String max, String amount, String expected) {
        Bounds bounds = new Bounds(
                Optional.ofNullable(min).map(MilliCores::parse),
                Optional.ofNullable(max).map(MilliCores::parse),
                Optional.empty(),
                Optional.empty());
        assertThat(bounds.clamp(MilliCores.parse(amount))).hasToString(expected);
        assertThat(bounds.clamp(new Bytes(5))).isEqualTo(new Bytes(5));
    }

    @Test
    void boundsAreInOrder() {
        assertThatThrownBy(() -> new Bounds(
                        Optional.empty(), Optional.empty(), Optional.of(new Bytes(2)), Optional.of(new Bytes(1))))
                .hasMessage("memory: min (2) must not exceed max (1)");
    }

    private static Requirements cpu(String request, String limit) {
        return new Requirements(
                Optional.ofNullable(request).map(MilliCores::parse),
                Optional.empty(),
                Optional.ofNullable(limit).map(MilliCores::parse),
                Optional.empty(),
                GpuMilli.ZERO);
    }
}
