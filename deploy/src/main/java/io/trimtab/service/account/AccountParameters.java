package io.trimtab.service.account;

import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.AccountQuery;
import io.trimtab.ingest.model.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What people ask of the account, as they write it. */
public record AccountParameters(String window, String aggregate, String step, String filter) {
    private static final Pattern LABEL = Pattern.compile("label:(.+)");

    /** @throws IllegalArgumentException if something does not parse; the message begins with its name */
    public AccountQuery query(Instant now) {
        return query(now, steps());
    }

    /** The same without steps. */
    public AccountQuery whole(Instant now) {
        return query(now, Optional.empty());
    }

    private AccountQuery query(Instant now, Optional<Duration> steps) {
        Span span = Windows.parse(window, now);
        return new AccountQuery(span, groupings(), steps, FilterParser.parse(filter));
    }

    public boolean hasSteps() {
        return !step.isEmpty();
    }

    private Optional<Duration> steps() {
        if (!hasSteps()) return Optional.empty();
        return Optional.of(Spans.parse(step)
                .orElseThrow(() -> new IllegalArgumentException(
                        "step (%s) must be a duration of whole hours such as 1h or 1d".formatted(step))));
    }

    private List<Grouping> groupings() {
        List<Grouping> groupings = new ArrayList<>();
        for (String name : aggregate.split(",", -1)) groupings.add(grouping(name.strip()));
        return groupings;
    }

    private Grouping grouping(String name) {
        var label = LABEL.matcher(name);
        if (label.matches()) return new Grouping.ByLabel(label.group(1));
        return switch (name) {
            case "namespace" -> new Grouping.ByNamespace();
            case "controller" -> new Grouping.ByController();
            case "node" -> new Grouping.ByNode();
            case "pod" -> new Grouping.ByPod();
            default ->
                throw new IllegalArgumentException(
                        "aggregate (%s) must be namespace, controller, node, pod or label:NAME, or several of them with commas"
                                .formatted(aggregate));
        };
    }
}
