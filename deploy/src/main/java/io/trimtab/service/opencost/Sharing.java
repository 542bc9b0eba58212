package io.trimtab.service.opencost;

import io.trimtab.cost.ledger.AccountFilter;
import io.trimtab.cost.ledger.AccountFilter.Condition;
import io.trimtab.cost.ledger.AccountFilter.Field;
import io.trimtab.cost.ledger.AccountFilter.Match;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which costs others bear.
 *
 * @param idle whether the pods bear what is idle
 * @param byNode whether only those of the same node do
 * @param pods those whose cost the others bear; empty: none
 * @param perMonth a further cost for each 730 h
 * @param even in equal parts for each name; else by cost
 */
record Sharing(boolean idle, boolean byNode, Optional<AccountFilter> pods, BigDecimal perMonth, boolean even) {

    /** Whether a pod's number depends on those of others. */
    boolean isAny() {
        return idle || isOfOthers();
    }

    /** Whether something other than idle is shared. */
    boolean isOfOthers() {
        return pods.isPresent() || perMonth.signum() > 0;
    }

    /** Pods of these namespaces, or with one of these labels. */
    static Optional<AccountFilter> podsOf(List<String> namespaces, List<String> labels) {
        List<AccountFilter> shared = new ArrayList<>();
        if (!namespaces.isEmpty()) shared.add(new Condition(new Field.Namespace(), false, Match.EQUALS, namespaces));
        for (String label : labels) {
            int end = label.indexOf(':');
            if (end <= 0)
                throw new IllegalArgumentException(
                        "Invalid 'shareLabels' parameter: %s must be NAME:VALUE".formatted(label));
            shared.add(new Condition(
                    new Field.Label(label.substring(0, end)), false, Match.EQUALS, List.of(label.substring(end + 1))));
        }
        return shared.isEmpty() ? Optional.empty() : Optional.of(new AccountFilter.Any(shared));
    }
}
