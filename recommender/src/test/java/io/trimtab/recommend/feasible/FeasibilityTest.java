package io.trimtab.recommend.feasible;

import static org.assertj.core.api.Assertions.assertThat;

import io.trimtab.cost.units.Bytes;
import io.trimtab.ingest.model.LimitRule;
import io.trimtab.ingest.model.Taint;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.pods.LimitRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One pod of one container {@code app}, unless it says otherwise; amounts as {@code cpu memory}, limits after a slash. */
class FeasibilityTest {
    /** The node has 4 cores and 16 GiB; its daemon takes 300m and 1 GiB. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        fits to the last unit         | 1000m 2Gi | 3700m 15Gi         | 3700m 15Gi         |
        a millicore too much          | 1000m 2Gi | 3701m 15Gi         | 3700m 15Gi         | BeyondNodes
        a byte too much               | 1000m 2Gi | 3700m 16106127361  | 3700m 15Gi         | BeyondNodes
        both far too much             | 1000m 2Gi | 9000m 64Gi         | 3700m 15Gi         | BeyondNodes BeyondNodes
        shrinking fits always         | 3700m 15Gi | 500m 1Gi          | 500m 1Gi           |
        needs less, which fits        | 8000m 2Gi | 3700m 2Gi          | 3700m 2Gi          |
        needs less, which is too much | 8000m 2Gi | 3701m 2Gi          | held               | BeyondNodes
        has too much already          | 8000m 2Gi | 9000m 2Gi          | held               | BeyondNodes
        no less than it has: memory   | 1000m 16Gi | 900m 17Gi         | held               | BeyondNodes
        cut to near what it has: rest | 3500m 2Gi | 9000m 2Gi          | held               | BeyondNodes
        """)
    void noMoreThanTheLargestNodeHas(String name, String from, String wanted, String expected, String reason) {
        var cluster = new Cluster()
                .node("n", "4000m 16Gi")
                .daemon("log", "300m 1Gi", "n")
                .deployment(1, from);
        assertThat(cluster.fit(wanted)).isEqualTo(line(expected, reason));
    }

    /** A node of much CPU and one of much memory are not one of both; memory goes first. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the first carries it    | 8000m 8Gi  | 8000m 8Gi  |
        the second carries it   | 2000m 64Gi | 2000m 64Gi |
        neither: memory first   | 8000m 64Gi | 2000m 64Gi | BeyondNodes
        neither has the memory  | 1000m 65Gi | 1000m 64Gi | BeyondNodes
        """)
    void oneNodeMustHaveBoth(String name, String wanted, String expected, String reason) {
        var cluster = new Cluster()
                .node("cpu", "8000m 8Gi")
                .node("memory", "2000m 64Gi")
                .deployment(1, "1000m 1Gi");
        assertThat(cluster.fit(wanted)).isEqualTo(line(expected, reason));
    }

    /** The node of 8 cores is the only one that has them. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        free for all            | | | 6000m 1Gi |
        small by its selector   | size=small | | 2000m 1Gi | BeyondNodes
        large by its selector   | size=large | | 6000m 1Gi |
        nowhere                 | size=huge  | | held | BeyondNodes
        tainted                 | | dedicated=db | 2000m 1Gi | BeyondNodes
        tainted and selected    | size=large | dedicated=db | held | BeyondNodes
        """)
    void onlyNodesThatMayCarryItCount(String name, String selector, String taint, String expected, String reason) {
        var cluster = new Cluster()
                .node("small", "2000m 8Gi", "size=small", null)
                .node("large", "8000m 8Gi", "size=large", taint)
                .selecting(selector)
                .deployment(1, "1000m 1Gi");
        assertThat(cluster.fit("6000m 1Gi")).isEqualTo(line(expected, reason));
    }

    @Test
    void aTolerationOpensATaintedNode() {
        var cluster = new Cluster()
                .node("large", "8000m 8Gi", "size=large", "dedicated=db")
                .tolerating("dedicated", "db", Taint.Effect.NO_SCHEDULE)
                .deployment(1, "1000m 1Gi");
        assertThat(cluster.fit("6000m 1Gi")).isEqualTo("6000m 1Gi");
    }

    @ParameterizedTest(name = "ready {0}, schedulable {1}, at most {2} pods")
    @CsvSource({
        "true, true, 2, 6000m 1Gi,",
        "false, true, 2, held, BeyondNodes",
        "true, false, 2, held, BeyondNodes",
        "true, true, 1, held, BeyondNodes"
    })
    void aNodeThatTakesNoPodsHasNoRoom(
            boolean ready, boolean schedulable, int maxPods, String expected, String reason) {
        var cluster = new Cluster()
                .node("n", "8000m 8Gi", ready, schedulable, maxPods)
                .daemon("log", "100m 100Mi", "n")
                .deployment(1, "1000m 1Gi");
        assertThat(cluster.fit("6000m 1Gi")).isEqualTo(line(expected, reason));
    }

    @Test
    void withoutNodesNothingIsAdvised() {
        assertThat(new Cluster().deployment(1, "1000m 1Gi").fit("500m 1Gi")).isEqualTo("held BeyondNodes");
        assertThat(new Cluster().deployment(0, "1000m 1Gi").reasons("500m 1Gi"))
                .first()
                .isInstanceOfSatisfying(
                        PodReason.BeyondNodes.class,
                        it -> assertThat(it.nearest()).isEmpty());
    }

    @Test
    void theReasonNamesTheNearestNodeAndWhatItHas() {
        var cluster = new Cluster()
                .node("a", "1000m 64Gi")
                .node("b", "4000m 16Gi")
                .daemon("log", "300m 1Gi", "b")
                .deployment(1, "1000m 2Gi");
        assertThat(cluster.reasons("4000m 2Gi")).first().isInstanceOfSatisfying(PodReason.BeyondNodes.class, it -> {
            assertThat(it.pod().cpu()).hasToString("4");
            assertThat(it.nearest().orElseThrow().node()).isEqualTo("b");
            assertThat(it.nearest().orElseThrow().room().cpu()).hasToString("3700m");
        });
    }

    /** 1000 of 4000m are a second container's. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        one grows                            | 3000m 1Gi | -         | 3000m 1Gi  | same |
        beyond what the other one leaves     | 3001m 1Gi | -         | 3000m 1Gi  | same | BeyondNodes
        room that the other one gives up     | 3500m 1Gi | 500m 1Gi  | 3500m 1Gi  | 500m 1Gi |
        both grow: each gets the same part   | 4000m 1Gi | 2500m 1Gi | 2333m 1Gi  | 1666m 1Gi | BeyondNodes
        """)
    void containersOfOnePodShareItsNode(
            String name, String app, String proxy, String appGets, String proxyGets, String reason) {
        var cluster = new Cluster().node("n", "4000m 16Gi").deployment(1, "1000m 1Gi", "1000m 1Gi");
        assertThat(cluster.fit(app, proxy)).isEqualTo(line(appGets + ", " + proxyGets, reason));
    }

    /** An init container of 3000m; the sidecar of 500m, started before it, runs beside. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the init container is the largest  | 3500m 16Gi | 2900m 1Gi | 500m 1Gi | 2900m 1Gi, same |
        a sidecar grows beside it          | 3600m 16Gi | 1000m 1Gi | 700m 1Gi | 600m 1Gi, same  | BeyondNodes
        too large by the init container    | 3499m 16Gi | 2000m 1Gi | 500m 1Gi | held, same      | BeyondNodes
        """)
    void whatEndsFirstCountsLikeForTheScheduler(
            String name, String node, String app, String sidecar, String expected, String reason) {
        var cluster = new Cluster()
                .node("n", node)
                .initContainer("3000m 1Gi", "proxy")
                .deployment(1, "1000m 1Gi", "500m 1Gi");
        assertThat(cluster.fit(app, sidecar)).isEqualTo(line(expected, reason));
    }

    /** It runs on a node of 4 and one of 2 cores, and must fit both. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        fits the smaller    | 1500m 1Gi | 1500m 1Gi |
        beyond the smaller  | 3000m 1Gi | 1500m 1Gi | BeyondNodes
        """)
    void aDaemonMustFitAllItsNodes(String name, String wanted, String expected, String reason) {
        var cluster = new Cluster()
                .node("a", "4000m 16Gi")
                .node("b", "2000m 16Gi")
                .daemon("other", "500m 1Gi", "a", "b")
                .daemon("log", "300m 1Gi", "a", "b");
        assertThat(cluster.fitDaemon("log", wanted)).isEqualTo(line(expected, reason));
    }

    @Test
    void whatADaemonGrowsByIsLostToTheOthers() {
        var cluster = new Cluster()
                .node("n", "4000m 16Gi")
                .daemon("log", "300m 1Gi", "n")
                .deployment(1, "1000m 2Gi");
        assertThat(cluster.fitBoth("log", "1300m 1Gi", "3700m 2Gi")).isEqualTo("1300m 1Gi, 2700m 2Gi");
    }

    /** Two pods of 1000m and 1 GiB; used is what they have, hard is what stands here. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        the last millicore          | requests 4000m 8Gi | 0 | 2000m 1Gi | 2000m 1Gi |
        one too many                | requests 3999m 8Gi | 0 | 2000m 1Gi | 1999m 1Gi | BeyondQuota
        the last byte               | requests 4000m 4Gi | 0 | 1000m 2Gi | 1000m 2Gi |
        a rollout adds one          | requests 6000m 8Gi | 1 | 2000m 1Gi | 2000m 1Gi |
        a rollout adds too much     | requests 5997m 8Gi | 1 | 2000m 1Gi | 1999m 1Gi | BeyondQuota
        nothing is left             | requests 2000m 2Gi | 0 | 2000m 2Gi | held      | BeyondQuota BeyondQuota
        a quota of nothing          | requests 0 0       | 0 | 2000m 2Gi | held      | BeyondQuota BeyondQuota
        shrinking under one         | requests 0 0       | 1 | 500m 1Gi  | 500m 1Gi  |
        of limits, which are none   | limits 9000m 9Gi   | 0 | 2000m 1Gi | 2000m 1Gi |
        """)
    void noMoreThanTheQuotaLeaves(String name, String hard, int surge, String wanted, String expected, String reason) {
        var cluster = new Cluster()
                .node("n", "64 256Gi")
                .quota("team", hard)
                .surge(surge)
                .deployment(2, "1000m 1Gi");
        assertThat(cluster.fit(wanted)).isEqualTo(line(expected, reason));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        limits follow and fit     | limits 8000m 16Gi | 2000m 1Gi | 2000m 1Gi/4000m 2Gi |
        limits follow too far     | limits 7999m 16Gi | 2000m 1Gi | 1999m 1Gi/3998m 2Gi | BeyondQuota
        """)
    void limitsHaveTheirOwnQuota(String name, String hard, String wanted, String expected, String reason) {
        var cluster = new Cluster().node("n", "64 256Gi").quota("team", hard).deployment(2, "1000m 1Gi/2000m 2Gi");
        assertThat(cluster.fit(wanted + "/4000m 2Gi")).isEqualTo(line(expected, reason));
    }

    @Test
    void whatHasGrownInPlaceAlreadyIsNotCountedTwice() {
        var cluster = new Cluster()
                .node("n", "64 256Gi")
                .quota("team", "requests 4000m 8Gi")
                .inForce("2000m 1Gi")
                .deployment(2, "1000m 1Gi");
        assertThat(cluster.fit("2000m 1Gi")).isEqualTo("2000m 1Gi");
    }

    @Test
    void twoWorkloadsDoNotTakeTheSameOfAQuota() {
        var cluster = new Cluster()
                .node("n", "64 256Gi")
                .quota("team", "requests 5000m 8Gi")
                .deployment(1, "1000m 1Gi")
                .another("1000m 1Gi");
        assertThat(cluster.fitTwo("3000m 1Gi", "3000m 1Gi")).isEqualTo("3000m 1Gi, 2000m 1Gi");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        at the least of a container     | container min 500m 1Gi   | 500m 1Gi   | 500m 1Gi   |
        below it                        | container min 500m 1Gi   | 499m 1023Mi | 500m 1Gi  | OutsideLimitRange OutsideLimitRange
        at the most of a container      | container max 2000m 4Gi  | 2000m 4Gi  | 2000m 4Gi  |
        above it                        | container max 2000m 4Gi  | 2001m 5Gi  | 2000m 4Gi  | OutsideLimitRange OutsideLimitRange
        at the least of a pod           | pod min 500m 1Gi         | 500m 1Gi   | 500m 1Gi   |
        below it                        | pod min 500m 1Gi         | 499m 1Gi   | held       | OutsideLimitRange
        at the most of a pod            | pod max 2000m 4Gi        | 2000m 4Gi  | 2000m 4Gi  |
        above it                        | pod max 2000m 4Gi        | 3000m 5Gi  | 2000m 4Gi  | OutsideLimitRange OutsideLimitRange
        what it has is too much already | pod max 900m 4Gi         | 1100m 3Gi  | held       | OutsideLimitRange
        contradictory                   | container min 2000m 1Gi; container max 1000m 4Gi | 1500m 2Gi | held | LimitRangesContradict
        less than can be asked for      | container max 8000m 8Mi  | 1500m 1Gi  | held       | OutsideLimitRange
        """)
    void withinTheLimitRange(String name, String ranges, String wanted, String expected, String reason) {
        var cluster = new Cluster().node("n", "64 256Gi").ranges(ranges).deployment(1, "1000m 2Gi/1000m 2Gi");
        String[] parts = expected.split(" ");
        String both = expected.equals("held") ? expected : expected + "/" + parts[0] + " " + parts[1];
        assertThat(cluster.fit(wanted + "/" + wanted)).isEqualTo(line(both, reason));
    }

    /** Limits are twice the requests. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        the limit is at the most        | container max 4000m 8Gi | 2000m 2Gi | 2000m 2Gi/4000m 4Gi |
        the limit stops before the rest | container max 3999m 8Gi | 2000m 2Gi | 2000m 2Gi/3999m 4Gi |
        ratio kept                      | container ratio 2       | 500m 1Gi  | 500m 1Gi/1000m 2Gi  |
        """)
    void limitsStayWithinTheLimitRange(String name, String ranges, String wanted, String expected) {
        var cluster = new Cluster().node("n", "64 256Gi").ranges(ranges).deployment(1, "1000m 2Gi/2000m 4Gi");
        String[] asked = wanted.split(" ");
        assertThat(cluster.fit("%s %s/%s %s".formatted(asked[0], asked[1], "4000m", "4Gi"))
                        .replaceFirst(" OutsideLimitRange.*", ""))
                .isEqualTo(expected);
    }

    /** The limits of 2000m and 4 GiB stay. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        at the ratio    | container ratio 4 | 500m 1Gi | 500m 1Gi/2000m 4Gi |
        beyond it       | container ratio 4 | 499m 1Gi | 500m 1Gi/2000m 4Gi |
        beyond a pod's  | pod ratio 4       | 499m 1Gi | held               | AboveLimitRatio
        """)
    void aLimitThatStaysHoldsItsRequestUp(String name, String ranges, String wanted, String expected, String reason) {
        var cluster = new Cluster()
                .node("n", "64 256Gi")
                .rules(LimitRules.KEEP)
                .ranges(ranges)
                .deployment(1, "1000m 2Gi/2000m 4Gi");
        assertThat(cluster.fit(wanted + "/2000m 4Gi")).isEqualTo(line(expected, reason));
    }

    /** Without a limit of its own a container gets the default one, below which its request must be. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        at one of two        | 1500m 1Gi | 1500m 1Gi |
        above both           | 1501m 3Gi | 1499m 2Gi | OutsideLimitRange OutsideLimitRange QosClassStays
        at both: Guaranteed  | 1500m 2Gi | 1499m 2Gi | QosClassStays
        """)
    void defaultLimitsBoundRequests(String name, String wanted, String expected, String reason) {
        var cluster =
                new Cluster().node("n", "64 256Gi").ranges("default 1500m 2Gi").deployment(1, "1000m 1Gi");
        assertThat(cluster.fit(wanted)).isEqualTo(line(expected, reason));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        Guaranteed stays so               | 1000m 1Gi/1000m 1Gi | ratio | 500m 2Gi/500m 2Gi | 500m 2Gi/500m 2Gi   |
        also where the rule has no limits | 1000m 1Gi/1000m 1Gi | none  | 500m 2Gi          | 500m 2Gi/500m 2Gi   |
        limits that stay hold it          | 1000m 1Gi/1000m 1Gi | keep  | 500m 1Gi/1000m 1Gi | held               | QosClassStays
        Burstable does not become it      | 1000m 1Gi/2000m 2Gi | keep  | 2000m 2Gi/2000m 2Gi | 1999m 2Gi/2000m 2Gi | QosClassStays
        Burstable one short of it         | 1000m 1Gi/2000m 2Gi | keep  | 2000m 1536Mi/2000m 2Gi | 2000m 1536Mi/2000m 2Gi |
        """)
    void theQosClassStays(String name, String from, String rules, String wanted, String expected, String reason) {
        LimitRules rule = switch (rules) {
            case "ratio" -> LimitRules.RATIO;
            case "keep" -> LimitRules.KEEP;
            default -> new LimitRules(new LimitRule.None(), new LimitRule.None());
        };
        var cluster = new Cluster().node("n", "64 256Gi").rules(rule).deployment(1, from);
        assertThat(cluster.fit(wanted)).isEqualTo(line(expected, reason));
    }

    @Test
    void aQuotaOfLimitsKeepsThem() {
        var cluster = new Cluster()
                .node("n", "64 256Gi")
                .quota("team", "limits 64 256Gi")
                .rules(new LimitRules(new LimitRule.None(), new LimitRule.Plus(new Bytes(1 << 20))))
                .deployment(1, "1000m 1Gi/2000m 2Gi");
        assertThat(cluster.fit("500m 1Gi/- 2Gi")).isEqualTo("held QuotaNeedsAmount");
    }

    @Test
    void floorsHold() {
        var cluster = new Cluster().node("n", "64 256Gi").deployment(1, "1000m 1Gi");
        assertThat(cluster.fit("0 1Mi")).isEqualTo("1m 16Mi");
    }

    @Test
    void whatIsNoResizeStays() {
        assertThat(new Cluster().deployment(1, "1000m 1Gi").fitHold())
                .isInstanceOf(io.trimtab.recommend.Recommendation.Hold.class);
    }

    private static String line(String expected, String reason) {
        return reason == null ? expected : expected + " " + reason;
    }
}
