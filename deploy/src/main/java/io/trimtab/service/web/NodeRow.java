package io.trimtab.service.web;

import io.trimtab.service.view.NodeDecisions;
import io.trimtab.service.view.NodePlanView.AddedView;
import io.trimtab.service.view.NodePlanView.DrainView;
import io.trimtab.service.view.NodePlanView.KeptView;
import io.trimtab.service.view.NodePlanView.MoveView;
import io.trimtab.service.view.NodesView.NodeView;
import io.trimtab.service.view.NodesView.PodView;
import io.trimtab.service.view.NodesView.RoomView;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One node before and after the plan. Public for the templates.
 *
 * @param node null for one that is added
 * @param added null for one that runs
 * @param drain where its pods go; null where it stays, {@code kept} why; both null where the plan does not know it
 * @param arrivals pods that move here
 * @param now one bar for each resource that it has; {@code after} likewise, none where nothing changes or it goes
 */
public record NodeRow(
        @Nullable NodeView node,
        @Nullable AddedView added,
        @Nullable DrainView drain,
        @Nullable KeptView kept,
        List<MoveView> arrivals,
        List<Bar> now,
        List<Bar> after) {
    private static final int WIDTH = 1000;

    /**
     * One resource, packed.
     *
     * @param share of it that is requested
     * @param usedAt in thousandths of the bar; below 0 where it is not known
     * @param devices where one ends and the next begins, in thousandths; none for what is no device
     * @param words for those who do not see it
     */
    public record Bar(
            String resource, double share, long usedAt, List<Long> devices, String words, List<Stretch> stretches) {}

    /** A pod's stretch of a bar; {@code x} and {@code width} are thousandths of it. */
    public record Stretch(long x, long width, String style, String label) {}

    /** A pod on a node. */
    private record Lying(String style, String label, double cpu, double memory, double gpu) {}

    /** @param asPlanned the same node, its pods with the requests that the plan is for */
    static NodeRow of(NodeView node, NodeView asPlanned, NodeDecisions decisions, NodeColours colours) {
        List<MoveView> arrivals = decisions.arrivals(node.name());
        DrainView drain = decisions.drain(node.name()).orElse(null);
        List<Lying> pods = node.pods().stream().map(pod -> lying(pod, colours)).toList();
        List<Lying> all = Stream.concat(
                        asPlanned.pods().stream().map(pod -> lying(pod, colours)),
                        arrivals.stream().map(move -> lying(move, colours)))
                .toList();
        return new NodeRow(
                node,
                null,
                drain,
                decisions.kept(node.name()).orElse(null),
                arrivals,
                bars(node, pods, true),
                drain != null || (arrivals.isEmpty() && asPlanned.equals(node)) ? List.of() : bars(node, all, false));
    }

    static NodeRow added(AddedView added, List<MoveView> arrivals, NodeColours colours) {
        List<Lying> pods = arrivals.stream().map(move -> lying(move, colours)).toList();
        return new NodeRow(
                null,
                added,
                null,
                null,
                arrivals,
                List.of(),
                List.of(bar("CPU", pods, Lying::cpu, null, 1), bar("memory", pods, Lying::memory, null, 1)));
    }

    private static Lying lying(PodView pod, NodeColours colours) {
        return new Lying(
                colours.of(pod.namespace()),
                label(pod.namespace(), pod.name(), pod.cpu(), pod.memory()),
                pod.cpuShare(),
                pod.memoryShare(),
                pod.gpuShare());
    }

    private static Lying lying(MoveView move, NodeColours colours) {
        return new Lying(
                colours.of(move.namespace()) + " new",
                "moves here: " + label(move.namespace(), move.pod(), move.cpu(), move.memory()),
                move.cpuShare(),
                move.memoryShare(),
                move.gpuShare());
    }

    private static String label(String namespace, String name, String cpu, String memory) {
        return "%s/%s: CPU %s, memory %s".formatted(namespace, name, cpu, memory);
    }

    /** @param used whether to mark what is used, which is known of now alone */
    private static List<Bar> bars(NodeView node, List<Lying> pods, boolean used) {
        List<Bar> bars = new ArrayList<>();
        bars.add(bar("CPU", pods, Lying::cpu, used ? node.cpu() : null, 1));
        bars.add(bar("memory", pods, Lying::memory, used ? node.memory() : null, 1));
        if (node.gpus() > 0) bars.add(bar("GPU", pods, Lying::gpu, used ? node.gpu() : null, node.gpus()));
        return bars;
    }

    private static Bar bar(
            String resource, List<Lying> pods, ToDoubleFunction<Lying> share, @Nullable RoomView now, int devices) {
        List<Stretch> stretches = new ArrayList<>();
        double at = 0;
        for (Lying pod : pods) {
            long from = clamped(at);
            at += share.applyAsDouble(pod);
            long to = clamped(at);
            // A little less than its share, so that neighbours of one colour stay apart.
            if (to > from) stretches.add(new Stretch(from, Math.max(1, to - from - 2), pod.style(), pod.label()));
        }
        Double used = now == null ? null : now.usedShare();
        String words = "%s: %d %% requested".formatted(resource, Math.round(at * 100))
                + (used == null ? "" : ", %d %% used".formatted(Math.round(used * 100)));
        List<Long> borders = new ArrayList<>();
        for (int i = 1; i < devices; i++) borders.add(clamped((double) i / devices));
        return new Bar(resource, at, used == null ? -1 : clamped(used), borders, words, stretches);
    }

    private static long clamped(double share) {
        return Math.clamp(Math.round(share * WIDTH), 0, WIDTH);
    }

    public boolean unchanged() {
        return drain == null && after.isEmpty();
    }

    /** How many pods it will have. */
    public int podsAfter() {
        if (drain != null) return 0;
        return (node == null ? 0 : node.pods().size()) + arrivals.size();
    }

    /** Where one of its pods goes. */
    public String destination(String namespace, String pod) {
        if (drain == null) return "";
        return drain.moves().stream()
                .filter(move -> move.namespace().equals(namespace) && move.pod().equals(pod))
                .map(MoveView::to)
                .findFirst()
                .orElse("");
    }

    /** The nodes that its pods go to, with how many each. */
    public String destinations() {
        if (drain == null) return "";
        List<String> parts = new ArrayList<>();
        drain.moves().stream()
                .collect(Collectors.groupingBy(MoveView::to, TreeMap::new, Collectors.counting()))
                .forEach((to, pods) -> parts.add("%s (%d)".formatted(to, pods)));
        return String.join(", ", parts);
    }
}
