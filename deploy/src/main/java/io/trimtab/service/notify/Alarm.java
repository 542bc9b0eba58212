package io.trimtab.service.notify;

import io.trimtab.service.view.BudgetsView;
import io.trimtab.service.view.BudgetsView.Row;
import io.trimtab.service.view.BudgetsView.State;
import io.trimtab.service.view.BudgetsView.Unusual;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Something of which people are told.
 *
 * @param key the same for as long as it is the same that goes on
 * @param type as of CloudEvents
 * @param subject who spends: {@code namespace/NAME} or {@code label/NAME=VALUE}
 * @param quiet after which it is another one, when it was not seen for so long
 * @param data what is known of it, a record of {@link BudgetsView}
 */
record Alarm(String key, String type, String subject, Instant at, Duration quiet, Object data) {
    static final String BREACH_EXPECTED = "io.trimtab.budget.breach-expected";
    static final String BREACHED = "io.trimtab.budget.breached";
    static final String UNUSUAL = "io.trimtab.spend.unusual";

    /** A month and what it is late by: each is told once in a month. */
    private static final Duration OF_BUDGETS = Duration.ofDays(40);

    private static final Duration OF_SPENDS = Duration.ofHours(6);

    static List<Alarm> of(BudgetsView view) {
        List<Alarm> alarms = new ArrayList<>();
        for (Row row : view.rows()) {
            if (row.state() != State.BREACH_EXPECTED && row.state() != State.BREACHED) continue;
            String type = row.state() == State.BREACHED ? BREACHED : BREACH_EXPECTED;
            String subject = row.kind() + "/" + row.key();
            String key = "%s %s %s %s".formatted(type, subject, view.from(), row.budget());
            alarms.add(new Alarm(key, type, subject, view.until(), OF_BUDGETS, row));
        }
        for (Unusual it : view.unusual()) {
            String subject = it.kind() + "/" + it.key();
            alarms.add(new Alarm(UNUSUAL + " " + subject, UNUSUAL, subject, view.until(), OF_SPENDS, it));
        }
        return alarms;
    }
}
