package io.trimtab.service.explain;

import io.trimtab.service.view.BasisView;
import io.trimtab.service.view.BasisView.AmountsView;
import io.trimtab.service.view.BasisView.RiskChange;
import io.trimtab.service.view.BasisView.RiskView;
import io.trimtab.service.view.BasisView.SourceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what a recommendation for a container rests on. */
final class BasisWords {
    private BasisWords() {}

    static List<String> basis(BasisView it) {
        List<String> lines = new ArrayList<>();
        if (it.from() == null) lines.add("Nothing was seen yet.");
        else
            lines.add("%s, from %s on: %,d samples of CPU over all pods, %,d daily peaks of memory, %s for memory."
                    .formatted(
                            counted(it.days(), "day"),
                            Moments.of(it.from()),
                            it.cpuSamples(),
                            it.memoryPeaks(),
                            counted(it.kills(), "kill")));
        lines.add(source(it.source()));
        lines.add(("The policy accepts, for each pod, a chance of %s to be killed for memory within a week and %s a day"
                        + " at the CPU limit; the CPU request is to cover %s of samples.")
                .formatted(
                        RiskWords.chance(it.accepted().oomPerWeek()),
                        RiskWords.minutes(it.accepted().throttledMinutesPerDay()),
                        RiskWords.chance(it.cpuPercentile() / 100)));
        it.caps().forEach(cap -> lines.add("Besides: %s.".formatted(cap.message())));
        lines.add("Confidence is %s: %s."
                .formatted(
                        it.confidence().level().toLowerCase(Locale.ROOT),
                        it.confidence().message()));
        return lines;
    }

    private static String source(SourceView it) {
        String metrics = Stream.of(it.cpu(), it.memory())
                .filter(name -> !name.isEmpty() && !name.equals(it.address()))
                .distinct()
                .collect(Collectors.joining(", "));
        String pushed = it.pushedSince() == null
                ? ""
                : ", and what is pushed by remote write or OTLP since " + Moments.of(it.pushedSince());
        return "The samples come from %s%s%s."
                .formatted(it.address(), metrics.isEmpty() ? "" : " (%s)".formatted(metrics), pushed);
    }

    static List<String> risks(BasisView it, boolean stays) {
        RiskView risk = it.risk();
        List<String> lines = Stream.of(
                        line("Killed at its memory limit within a week", risk.oomPerWeek(), stays, RiskWords::chance),
                        line("At its CPU limit", risk.throttledMinutesPerDay(), stays, BasisWords::minutesPerDay),
                        line(
                                "Needs more memory than it requests within a week, and is among the first to go if its"
                                        + " node runs short then",
                                risk.memoryAboveRequestPerWeek(),
                                stays,
                                RiskWords::chance),
                        line(
                                "Uses more CPU than it requests, and is slower if its node is full then",
                                risk.cpuAboveRequestMinutesPerDay(),
                                stays,
                                BasisWords::minutesPerDay))
                .filter(Objects::nonNull)
                .toList();
        return lines.isEmpty() ? List.of("Nothing is known of it without a sample.") : lines;
    }

    private static @Nullable String line(
            String what, @Nullable RiskChange change, boolean stays, Function<Double, String> words) {
        if (change == null) return null;
        String now = words.apply(change.before());
        String after = words.apply(change.after());
        if (stays || now.equals(after)) return "%s: %s, for each pod.".formatted(what, now);
        return "%s: %s now, %s after, for each pod.".formatted(what, now, after);
    }

    static List<String> others(BasisView it) {
        return List.of(
                "The stock VPA: %s.".formatted(amounts(it.stockVpa(), "")),
                "KRR's simple strategy: %s."
                        .formatted(amounts(it.krr(), " or more, as its busiest pod's is not known")));
    }

    private static String amounts(AmountsView it, String cpuNote) {
        String words = Stream.of(
                        it.cpu() == null ? null : "%s CPU%s".formatted(it.cpu(), cpuNote),
                        it.memory() == null ? null : "%s memory".formatted(it.memory()))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "nothing, without enough samples" : words;
    }

    private static String counted(long count, String noun) {
        return "%,d %s%s".formatted(count, noun, count == 1 ? "" : "s");
    }

    private static String minutesPerDay(double minutes) {
        return RiskWords.minutes(minutes) + " a day";
    }
}
