package io.trimtab.service.loop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.cost.units.Bytes;
import io.trimtab.forecast.Demand;
import io.trimtab.forecast.HistogramForecaster;
import io.trimtab.forecast.OutlookForecaster;
import io.trimtab.forecast.RememberingForecaster;
import io.trimtab.forecast.encoding.StateReader;
import io.trimtab.forecast.encoding.StateWriter;
import io.trimtab.ingest.model.ClusterSnapshot;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.Mode;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.UsageBatch;
import io.trimtab.ingest.pushed.PushedSamples;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.cycle.Cycle;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleSettings;
import io.trimtab.recommend.plan.Planner;
import io.trimtab.service.state.Section;
import io.trimtab.service.view.Change;
import io.trimtab.service.view.MoneyChange;
import io.trimtab.service.view.ReasonView;
import io.trimtab.service.view.RecommendationView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The sections as a file of their version holds them. What was written stays readable by the next Trimtab: a changed form takes the next version, and goes on reading
 * these.
 */
class StoredSectionsTest {
    private static final Instant AT = Instant.parse("2026-11-24T12:00:00.5Z");

    private final Said forecaster = new Said();
    private final Cycle cycle = new Cycle(
            new Cycle.Parts(
                    () -> AT,
                    now -> new ClusterSnapshot(now, List.of(), List.of(), List.of(), List.of()),
                    query -> UsageBatch.EMPTY,
                    forecaster,
                    new Planner(PriceBook.shipped(), Mode.OBSERVE),
                    recommendation -> new Outcome.Skipped(recommendation.workload(), "not here")),
            new CycleSettings(Duration.ofDays(8), Duration.ofMinutes(1), Duration.ofHours(6)),
            CycleObserver.NONE);

    @Test
    void learned() {
        Section section = Learned.section(cycle, forecaster);
        cycle.resumeAfter(AT);
        stays(section, "learned", 1, "81cab5ee0180f1abb00d03000d77686174206974206b6e6f7773");
        cycle.resumeAfter(AT.plusSeconds(60));
        section.restore().from(1, section.save().get());
        assertThat(cycle.readUntil()).contains(AT.plusSeconds(60));
        assertThat(forecaster.restored).isEqualTo("version 3: what it knows");
    }

    @Test
    void countedKills() {
        KillCounter kills = new KillCounter(new PrometheusRegistry());
        ContainerId container = new ContainerId(new PodId("shop", "web-0"), "app");
        kills.add(List.of(new OutOfMemoryKill(container, AT, new Bytes(1 << 20), AT.plusSeconds(1))));
        stays(
                kills.section(),
                "counted-kills",
                1,
                "00000001000473686f7000057765622d300003617070000000006b057c401dcd6500");
    }

    @Test
    void advice() {
        AdviceLog log = new AdviceLog();
        String stored = "00000001" + "0009" + HexFormat.of().formatHex("a/B/c/app".getBytes(UTF_8))
                + "0006526573697a65" + "000141" + "000162" + "000000006b057b4000000000"
                + "00000002" + "000b4350555f52455155455354" + "0000" + "0100000000000001f4" + "010000000000000078"
                + "00094350555f4c494d4954" + "0000" + "00" + "0100000000000000f0"
                + "01" + "0004486f6c64" + "000143" + "000164" + "000000006b05788000000000" + "00000000"
                + "000000006b057b4000000000";
        log.section().restore().from(1, HexFormat.of().parseHex(stored));
        assertThat(log.advice("a/B/c/app").orElseThrow().before().orElseThrow().reason())
                .isEqualTo(new ReasonView("C", "d"));
        stays(log.section(), "advice", 1, stored);
    }

    @Test
    void unreadSamples() throws Exception {
        PushedSamples pushed = new PushedSamples(4096);
        // The seeds are drawn at random; these are 1 and 2.
        String stored = "00000000000000010000000000000002" + "0000019ab58e0000" + "0000019ab5900000"
                + "01" + "00000000000000030000000000000004" + "00034350550004" + "73686f700005" + "7765622d300003"
                + "617070"
                + "0002" + "0000019ab58f0000" + "00000000" + "3ff0000000000000" + "00007530" + "7ff8000000000000"
                + "00";
        pushed.restore(
                new DataInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(stored))));
        assertThat(pushed.series()).isEqualTo(1);
        cycle.resumeAfter(Instant.ofEpochMilli(0x19ab5900000L));
        InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(0x19ab5900000L));
        stays(UnreadSamples.section(pushed, cycle, Duration.ofMinutes(1), clock), "pushed-samples", 1, stored);
    }

    @Test
    void seriesThatFindNoRoomAfterARestartAreSaid() throws Exception {
        Instant end = Instant.ofEpochMilli(0x19ab5900000L);
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        DataOutputStream series = new DataOutputStream(stored);
        for (long head : new long[] {1, 2, end.toEpochMilli(), end.toEpochMilli()}) series.writeLong(head);
        // More of one stripe than there is room for.
        for (int i = 0; i < 100; i++) {
            series.writeBoolean(true);
            series.writeLong(64L * i);
            series.writeLong(i);
            for (String text : List.of("CPU", "shop", "web-" + i, "app")) series.writeUTF(text);
            series.writeShort(1);
            series.writeLong(end.toEpochMilli());
            series.writeInt(0);
            series.writeDouble(1);
        }
        series.writeBoolean(false);
        PushedSamples pushed = new PushedSamples(4096);
        Section section = UnreadSamples.section(pushed, cycle, Duration.ofMinutes(1), InstantSource.fixed(end));
        assertThat(section.notes().get()).isEmpty();
        section.restore().from(1, stored.toByteArray());
        assertThat(section.notes().get())
                .singleElement()
                .asString()
                .startsWith("28 of 100 pushed series were left out: the heap is smaller than it was");
    }

    @Test
    void recommendations() {
        RecommendationView hold = new RecommendationView(
                "a/B/c/app",
                "a",
                "B",
                "c",
                "Resize",
                "app",
                List.of(new Change("cpu request", "500m", "120m")),
                new MoneyChange(BigDecimal.TEN, BigDecimal.ONE, new BigDecimal("9"), "USD"),
                List.of(new ReasonView("C", "d")),
                AT,
                "",
                "spec: {}",
                "p",
                null,
                null);
        String stored = """
            {"cluster":"here","at":"2026-11-24T12:00:00.500Z","list":[{"id":"a/B/c/app","namespace":"a","workloadKind":"B","workload":"c","kind":"Resize",\
            "subject":"app","changes":[{"what":"cpu request","from":"500m","to":"120m"}],"perMonth":{"before":10,"after":1,"saving":9,"currency":"USD"},\
            "reasons":[{"code":"C","message":"d"}],"since":"2026-11-24T12:00:00.500Z","outcome":"","patch":"spec: {}","policy":"p","previous":null,\
            "basis":null}]}\
            """;
        var decided = Optional.of(new KeptRecommendations.Decided("here", AT, List.of(hold)));
        KeptRecommendations kept = new KeptRecommendations("here");
        stays(
                kept.section(Optional::empty),
                kept.section(() -> decided),
                "recommendations",
                1,
                HexFormat.of().formatHex(stored.getBytes(UTF_8)));
        assertThat(kept.get()).isEqualTo(decided);
        kept.section(Optional::empty)
                .restore()
                .from(
                        1,
                        stored.replace("{\"cluster\"", "{\"later\":1,\"cluster\"")
                                .getBytes(UTF_8));
        assertThat(kept.get()).isEqualTo(decided);
    }

    /** Before anything was learned; what a series is stored as is OnlineSeries' own form. */
    @Test
    void furtherSeries() {
        Section section = Learned.further(new OutlookForecaster(new HistogramForecaster()));
        String minutes = "ffffffffffffffff1f" + "80808080808080802000";
        stays(
                section,
                "further-series",
                2,
                "03" + "0003435055" + minutes + "00064d454d4f5259" + minutes + "0003475055" + minutes + "0000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> section.restore().from(1, section.save().get()))
                .withMessageContaining("version 1 is not known");
    }

    private static void stays(Section section, String name, int version, String stored) {
        stays(section, section, name, version, stored);
    }

    private static void stays(Section restored, Section section, String name, int version, String stored) {
        assertThat(section.name()).isEqualTo(name);
        assertThat(section.version()).isEqualTo(version);
        assertThat(HexFormat.of().formatHex(section.save().get()))
                .as("version %d of %s", version, name)
                .isEqualTo(stored);
        restored.restore().from(version, HexFormat.of().parseHex(stored));
        assertThat(HexFormat.of().formatHex(restored.save().get()))
                .as("restored and saved again")
                .isEqualTo(stored);
    }

    /** Its form is its own, and so is its version. */
    private static final class Said implements RememberingForecaster {
        private String restored = "";

        @Override
        public void observe(UsageBatch batch, ClusterSnapshot snapshot) {
            // It learns nothing.
        }

        @Override
        public List<Demand> forecast(ClusterSnapshot snapshot) {
            return List.of();
        }

        @Override
        public int stateVersion() {
            return 3;
        }

        @Override
        public void save(StateWriter to) {
            to.text("what it knows");
        }

        @Override
        public void restore(int version, StateReader from) {
            restored = "version %d: %s".formatted(version, from.text());
        }
    }
}
