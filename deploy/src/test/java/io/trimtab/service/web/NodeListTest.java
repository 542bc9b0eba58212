package io.trimtab.service.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.service.view.NodePlanView;
import io.trimtab.service.view.NodesView;
import io.trimtab.service.web.NodeList.Filter;
import io.trimtab.service.web.NodeRow.Bar;
import io.trimtab.service.web.NodeRow.Stretch;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NodeListTest {
    private static final NodesView NODES = NodesFixture.nodes("n", 1000, 5);
    private static final NodePlanView PLAN = NodesFixture.plan(NODES, Instant.parse("2026-11-30T12:00:00Z"));

    @Test
    void whatGoesComesFirstThenWhatItIsWorthMostToMend() {
        NodeList list = list(Filter.NONE);

        assertThat(list.page().total()).isEqualTo(1000);
        assertThat(list.page().items()).hasSize(20);
        assertThat(name(list.page().items().getFirst())).isEqualTo("n-0");
        assertThat(list.page().items()).extracting(NodeListTest::name).doesNotContain("n-1");
        NodeList last = list(new Filter("", "", "", "", "", "", 980));
        assertThat(name(last.page().items().getLast())).as("no fix of it saves").isEqualTo("n-1");
        assertThat(last.added()).as("on the first page alone").isEmpty();
        assertThat(list.keeping()).singleElement().satisfies(one -> {
            assertThat(one.nodes()).isEqualTo(999);
            assertThat(one.dearest().savesPerMonth()).isEqualByComparingTo("73");
        });
    }

    @Test
    void aDrainedNodeSaysWhereItsPodsGoAndTheOthersWhatComes() {
        NodeList list = list(Filter.NONE);
        NodeRow drained = list.page().items().getFirst();
        NodeRow takes =
                list(new Filter("", "", "", "", "", "n-1", 0)).page().items().getFirst();
        NodeRow added = list.added().getFirst();

        assertThat(drained.destinations()).isEqualTo("+0 (2), n-1 (2)");
        assertThat(drained.destination("shop", "n-0-pod-1")).isEqualTo("+0");
        assertThat(drained.podsAfter()).isZero();
        assertThat(drained.after()).isEmpty();
        assertThat(takes.podsAfter()).isEqualTo(7);
        assertThat(takes.now())
                .extracting(Bar::words)
                .containsExactly("CPU: 50 % requested, 25 % used", "memory: 50 % requested", "GPU: 0 % requested");
        assertThat(takes.after()).extracting(Bar::words).startsWith("CPU: 70 % requested");
        assertThat(takes.now().getLast().devices()).containsExactly(500L);
        assertThat(takes.after().getFirst().stretches())
                .extracting(Stretch::style)
                .containsExactly("c0", "c0", "c0", "c0", "c0", "c0 new", "c0 new");
        assertThat(added.after()).extracting(Bar::words).startsWith("CPU: 20 % requested");
    }

    @Test
    void aFilterLetsThroughWhatIsAskedFor() {
        assertThat(list(new Filter("", "", "", "remove", "", "", 0)).page().total())
                .isEqualTo(1);
        assertThat(list(new Filter("", "", "", "keep", "", "", 0)).page().total())
                .isEqualTo(999);
        assertThat(list(new Filter("", "m5.xlarge on-demand", "", "", "", "", 0))
                        .page()
                        .total())
                .isEqualTo(1000);
        assertThat(list(new Filter("other", "", "", "", "", "", 0)).page().items())
                .isEmpty();
        assertThatThrownBy(() -> list(new Filter("", "", "", "up", "", "", 0)))
                .hasMessage("action (up) must be keep or remove");
    }

    private static NodeList list(Filter filter) {
        return NodeList.of(NODES, NODES, PLAN, filter);
    }

    private static String name(NodeRow row) {
        return Objects.requireNonNull(row.node()).name();
    }
}
