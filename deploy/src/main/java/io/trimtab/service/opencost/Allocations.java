package io.trimtab.service.opencost;

import io.trimtab.cost.account.ResourceCosts;
import io.trimtab.cost.allocation.AllocationRequest.Grouping;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Account.NodeRow;
import io.trimtab.cost.ledger.Account.NodeStep;
import io.trimtab.cost.ledger.Account.Row;
import io.trimtab.cost.ledger.Account.Step;
import io.trimtab.cost.ledger.AccountFilter;
import io.trimtab.cost.ledger.AccountQuery;
import io.trimtab.service.account.AccountException;
import io.trimtab.service.account.AccountSnapshot;
import io.trimtab.service.account.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers a query from the account. */
final class Allocations {
    static final String IDLE = "__idle__";

    private final AccountSnapshot account;
    private final OpenCostQuery query;

    private Allocations(AccountSnapshot account, OpenCostQuery query) {
        this.account = account;
        this.query = query;
    }

    /** For each set its parts by name, in order. All of them are of the same moment. */
    static List<Map<String, Part>> of(AccountSnapshot account, OpenCostQuery query) throws AccountException {
        return new Allocations(account, query).sets();
    }

    private List<Map<String, Part>> sets() throws AccountException {
        Sharing sharing = query.sharing();
        AccountFilter apart =
                sharing.pods().<AccountFilter>map(AccountFilter.Not::new).orElseGet(AccountFilter::none);
        boolean isFiltered = !query.filter().equals(AccountFilter.none());
        // What others bear is divided over all, and only then is looked who was asked for: so a filter changes nobody's
        // number.
        List<List<Part>> all = parts(isFiltered && !sharing.isAny() ? apart.and(query.filter()) : apart);
        Optional<List<List<Part>>> asked =
                isFiltered && sharing.isAny() ? Optional.of(parts(apart.and(query.filter()))) : Optional.empty();
        Optional<List<List<Part>>> shared =
                sharing.pods().isPresent() ? Optional.of(parts(sharing.pods().get())) : Optional.empty();
        boolean showsIdle = query.withIdle() && !query.filter().isAboutPods();
        Optional<List<List<NodeRow>>> nodes = sharing.idle() || showsIdle
                ? Optional.of(nodes(sharing.idle() ? AccountFilter.none() : query.filter()))
                : Optional.empty();
        List<Map<String, Part>> sets = new ArrayList<>();
        for (int i = 0; i < query.sets().size(); i++) {
            int set = i;
            Bearing bearing = new Bearing(
                    query.sets().get(i),
                    sharing,
                    all.get(i),
                    shared.map(it -> it.get(set)).orElse(List.of()),
                    nodes.map(it -> it.get(set)).orElse(List.of()));
            if (!bearing.covers(asked.map(it -> it.get(set)).orElse(List.of())))
                throw new AccountException("an hour of the account was corrected while it was asked for; ask again");
            List<Part> borne = asked.map(it -> bearing.of(it.get(set))).orElseGet(bearing::all);
            List<Part> shown = new ArrayList<>(borne);
            if (showsIdle || (sharing.idle() && !isFiltered)) bearing.leftIdle().ifPresent(shown::add);
            if (!isFiltered) bearing.leftShared().ifPresent(shown::add);
            Map<String, Part> byName = new LinkedHashMap<>();
            shown.forEach(part -> byName.put(part.name(), part));
            sets.add(byName);
        }
        return sets;
    }

    /** Rows of each set; those of a node apart where idle is shared by node. */
    private List<List<Part>> parts(AccountFilter filter) throws AccountException {
        List<Grouping> groupings = new ArrayList<>(query.aggregation().groupings());
        boolean byNode = query.sharing().idle() && query.sharing().byNode();
        if (byNode) groupings.add(new Grouping.ByNode());
        List<List<Part>> parts = new ArrayList<>();
        for (AccountQuery question : questions(groupings, filter))
            for (Step step : account.ask(question).steps())
                parts.add(step.rows().stream().map(row -> part(row, byNode)).toList());
        return padded(parts);
    }

    private Part part(Row row, boolean byNode) {
        return Part.of(
                query.aggregation().named(row.keys()), byNode ? row.keys().getLast() : "", row);
    }

    private List<List<NodeRow>> nodes(AccountFilter filter) throws AccountException {
        List<List<NodeRow>> nodes = new ArrayList<>();
        for (AccountQuery question : questions(List.of(), filter))
            for (NodeStep step : account.nodes(question)) nodes.add(step.rows());
        return padded(nodes);
    }

    /** Sets of one length are one question; months are not. Those that have not begun are none. */
    private List<AccountQuery> questions(List<Grouping> groupings, AccountFilter filter) {
        Instant end = Windows.endOfHour(account.now());
        List<Span> begun =
                query.sets().stream().filter(set -> set.start().isBefore(end)).toList();
        if (begun.isEmpty()) return List.of();
        List<Duration> lengths = begun.stream()
                .map(set -> Duration.between(set.start(), set.end()))
                .distinct()
                .toList();
        if (lengths.size() > 1)
            return begun.stream()
                    .map(set -> new AccountQuery(until(set, end), groupings, Optional.empty(), filter))
                    .toList();
        Span whole = new Span(begun.getFirst().start(), begun.getLast().end());
        return List.of(new AccountQuery(
                until(whole, end),
                groupings,
                begun.size() == 1 ? Optional.empty() : Optional.of(lengths.getFirst()),
                filter));
    }

    private static Span until(Span set, Instant end) {
        return new Span(set.start(), set.end().isBefore(end) ? set.end() : end);
    }

    private <T> List<List<T>> padded(List<List<T>> sets) {
        while (sets.size() < query.sets().size()) sets.add(List.of());
        return sets;
    }

    /** Idle costs of all these nodes. */
    static ResourceCosts idle(List<NodeRow> nodes) {
        return nodes.stream().map(NodeRow::idle).reduce(ResourceCosts.NONE, ResourceCosts::plus);
    }
}
