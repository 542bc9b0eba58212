package io.trimtab.service.explain;

import io.trimtab.service.view.BasisView;
import io.trimtab.service.view.Change;
import io.trimtab.service.view.PreviousView;
import io.trimtab.service.view.ReasonView;
import io.trimtab.service.view.RecommendationView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A recommendation in plain words, made from its data alone.
 *
 * @param id of the recommendation
 * @param headline what it is about, in one line
 * @param sections in the order in which people ask
 */
public record Explanation(String id, String headline, List<Section> sections) {
    private static final String OTHERS_ASK = "StockVpaAsks";
    private static final String STARTS = "StartUpBoost";

    public Explanation {
        sections = List.copyOf(sections);
    }

    /** @param about a question, {@code lines} the answer */
    public record Section(String about, List<String> lines) {
        public Section {
            lines = List.copyOf(lines);
        }
    }

    public static Explanation of(RecommendationView it) {
        boolean stays = it.changes().isEmpty();
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("What", what(it)));
        sections.add(new Section(
                "Why",
                it.reasons().stream()
                        .filter(reason -> !reason.code().equals(OTHERS_ASK)
                                && !reason.code().equals(STARTS))
                        .map(reason -> sentence(reason.message()))
                        .toList()));
        List<String> starts = it.reasons().stream()
                .filter(reason -> reason.code().equals(STARTS))
                .map(reason -> sentence(reason.message()))
                .toList();
        if (!starts.isEmpty()) sections.add(new Section("While it starts", starts));
        sections.add(new Section("What it costs", MoneyWords.lines(it.perMonth(), stays)));
        BasisView basis = it.basis();
        if (basis != null) {
            sections.add(new Section("What it rests on", BasisWords.basis(basis)));
            sections.add(new Section("What could go wrong", BasisWords.risks(basis, stays)));
            sections.add(new Section("What others would ask for", BasisWords.others(basis)));
        }
        sections.add(new Section("What changed", changed(it)));
        sections.add(new Section("What to do", todo(it)));
        return new Explanation(it.id(), headline(it), sections);
    }

    /** For a terminal: each question, and its answer below it. */
    public String text() {
        StringBuilder text = new StringBuilder(headline).append('\n');
        for (Section section : sections) {
            text.append('\n').append(section.about()).append('\n');
            section.lines()
                    .forEach(line -> text.append("  ")
                            .append(line.replace("\n", "\n  ").stripTrailing())
                            .append('\n'));
        }
        return text.toString();
    }

    private static String headline(RecommendationView it) {
        String what = it.changes().isEmpty() ? "stays as it is" : changes(it.changes());
        return "%s, %s: %s".formatted(workload(it), subject(it), what);
    }

    private static String workload(RecommendationView it) {
        return "%s %s/%s".formatted(it.workloadKind(), it.namespace(), it.workload());
    }

    private static String subject(RecommendationView it) {
        return it.subject().equals("replicas") ? "replicas" : "container " + it.subject();
    }

    private static String changes(List<Change> changes) {
        return changes.stream()
                .map(change -> "%s %s -> %s".formatted(change.what(), change.from(), change.to()))
                .collect(Collectors.joining(", "));
    }

    private static List<String> what(RecommendationView it) {
        if (it.changes().isEmpty()) return List.of("Nothing changes.");
        return it.changes().stream().map(Explanation::what).toList();
    }

    private static String what(Change change) {
        if (change.to().equals("none")) return "The %s of %s goes.".formatted(change.what(), change.from());
        if (change.from().equals("none")) return "There is no %s; it becomes %s.".formatted(change.what(), change.to());
        return "The %s goes from %s to %s.".formatted(change.what(), change.from(), change.to());
    }

    private static List<String> changed(RecommendationView it) {
        List<String> lines = new ArrayList<>(List.of("So since %s.".formatted(Moments.of(it.since()))));
        PreviousView before = it.previous();
        if (before == null) return lines;
        lines.add("Before, from %s to %s: %s, as %s."
                .formatted(
                        Moments.of(before.since()),
                        Moments.of(before.until()),
                        before.changes().isEmpty() ? "nothing was to change" : changes(before.changes()),
                        before.reason().message()));
        if (!before.changed().isEmpty()) lines.add("Then and now: %s.".formatted(changes(before.changed())));
        if (before.reasonChanged()) {
            ReasonView now = it.reasons().getFirst();
            lines.add("Another reason decides: %s, not %s."
                    .formatted(now.code(), before.reason().code()));
        }
        return lines;
    }

    private static List<String> todo(RecommendationView it) {
        if (it.patch().isEmpty()) return List.of("Nothing.");
        List<String> lines = new ArrayList<>();
        if (!it.outcome().isEmpty()) lines.add("Trimtab in its last round: %s.".formatted(it.outcome()));
        lines.add(ByHand.words(it));
        lines.add(it.patch());
        lines.add("Back again: %s."
                .formatted(it.changes().stream()
                        .map(change -> "%s %s".formatted(change.what(), change.from()))
                        .collect(Collectors.joining(", "))));
        return lines;
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }
}
