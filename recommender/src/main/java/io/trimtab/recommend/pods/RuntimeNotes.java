package io.trimtab.recommend.pods;

import io.trimtab.cost.units.Bytes;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.RuntimeSettings;
import io.trimtab.ingest.model.RuntimeSettings.Go;
import io.trimtab.ingest.model.RuntimeSettings.Jvm;
import io.trimtab.ingest.model.RuntimeSettings.NodeJs;
import io.trimtab.recommend.PodReason;
import io.trimtab.recommend.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be said of limits for the sake of the runtime inside, and of the runtime for the sake of its limits. It changes no limit: how much of what a runtime may
 * take it will take is not known from its settings.
 */
final class RuntimeNotes {
    /** @see "Go: A Guide to the Go Garbage Collector, Suggested uses: leave 5 to 10 % of headroom for what the runtime does not know of" */
    private static final double GO_SHARE = 0.9;

    /** @see "Node.js, Command-line API, --max-old-space-size: of 2 GiB, 1.5 GiB" */
    private static final double NODE_SHARE = 0.75;

    /** A setting this near to what it should be, as a share of that, stays. */
    private static final double NEAR = 0.1;

    private RuntimeNotes() {}

    static boolean isOne(Reason reason) {
        return reason instanceof PodReason.RuntimeAboveLimit
                || reason instanceof PodReason.HeapFollowsLimit
                || reason instanceof PodReason.GoToLimits
                || reason instanceof PodReason.NodeJsToLimit;
    }

    /**
     * @param now in force
     * @param after to come; the same where they stay
     */
    static List<PodReason> of(Optional<RuntimeSettings> runtime, Requirements now, Requirements after) {
        List<PodReason> notes = new ArrayList<>();
        runtime.ifPresent(it -> after.memoryLimit().ifPresent(most -> addMemory(notes, it, now.memoryLimit(), most)));
        runtime.flatMap(it -> advice(it, after)).ifPresent(notes::add);
        return notes;
    }

    private static void addMemory(List<PodReason> notes, RuntimeSettings runtime, Optional<Bytes> limit, Bytes after) {
        runtime.fixedMemory()
                .filter(takes -> takes.compareTo(after) > 0)
                .ifPresent(takes -> notes.add(new PodReason.RuntimeAboveLimit(runtime, takes, after)));
        boolean changes = limit.isPresent() && !limit.get().equals(after);
        if (changes && runtime instanceof Jvm jvm && jvm.heapFollowsLimit())
            notes.add(new PodReason.HeapFollowsLimit(jvm.maxHeapWithin(limit.get()), jvm.maxHeapWithin(after)));
    }

    /** What the runtime should be told, so that it collects before it is killed and runs no more threads than its limit feeds. */
    private static Optional<PodReason> advice(RuntimeSettings runtime, Requirements after) {
        return switch (runtime) {
            case Jvm _ -> Optional.empty();
            case Go told -> {
                Go fitting = within(told, after);
                Optional<Bytes> memory =
                        fitting.memoryLimit().filter(size -> !told.memoryLimit().equals(Optional.of(size)));
                Optional<Integer> processors = fitting.maxProcs()
                        .filter(fed ->
                                told.maxProcs().filter(count -> count > fed).isPresent());
                yield memory.isEmpty() && processors.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new PodReason.GoToLimits(memory, processors));
            }
            case NodeJs told ->
                within(told, after)
                        .maxOldSpace()
                        .filter(size -> !told.maxOldSpace().equals(Optional.of(size)))
                        .map(PodReason.NodeJsToLimit::new);
        };
    }

    /** What it is to be told with such limits, nothing of what has no limit to go by; what is near enough stays. A Java process is sized with its container. */
    static RuntimeSettings within(RuntimeSettings told, Requirements limits) {
        return switch (told) {
            case Jvm jvm -> jvm;
            case Go go -> within(go, limits);
            case NodeJs node -> within(node, limits);
        };
    }

    private static Go within(Go told, Requirements limits) {
        Optional<Integer> fed = limits.cpuLimit()
                .filter(limit -> !limit.isZero())
                .map(limit -> (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(limit.value(), 1000)));
        return new Go(
                memory(told.memoryLimit(), limits, GO_SHARE),
                fed.map(most -> Math.min(most, told.maxProcs().orElse(most))));
    }

    private static NodeJs within(NodeJs told, Requirements limits) {
        return new NodeJs(memory(told.maxOldSpace(), limits, NODE_SHARE));
    }

    private static Optional<Bytes> memory(Optional<Bytes> told, Requirements limits, double share) {
        return limits.memoryLimit()
                .map(limit -> mebibytes(limit, share))
                .filter(size -> size.value() > 0)
                .map(size -> differs(told, size) ? size : told.orElse(size));
    }

    private static boolean differs(Optional<Bytes> told, Bytes size) {
        return told.map(it -> Math.abs(it.value() - size.value()) > NEAR * size.value())
                .orElse(true);
    }

    /** Whole ones, as the setting is given in them. */
    private static Bytes mebibytes(Bytes limit, double share) {
        return new Bytes((long) (limit.value() * share) >> 20 << 20);
    }
}
