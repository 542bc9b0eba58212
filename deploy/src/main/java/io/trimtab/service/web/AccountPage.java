package io.trimtab.service.web;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.trimtab.service.account.AccountException;
import io.trimtab.service.account.AccountParameters;
import io.trimtab.service.account.AccountRendering;
import io.trimtab.service.account.CentTable;
import io.trimtab.service.account.CostAccount;
import io.trimtab.service.budget.BudgetDesk;
import io.trimtab.service.view.AccountView;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who paid what in a window of the account, by namespace, and what will be paid in the month under way. */
@Singleton
final class AccountPage {
    private static final List<Choice> CHOICES = List.of(
            new Choice("today", "today"),
            new Choice("yesterday", "yesterday"),
            new Choice("7d", "7 days"),
            new Choice("month", "this month"),
            new Choice("lastmonth", "last month"));

    private final CostAccount account;
    private final BudgetDesk budgets;
    private final Templates templates;

    AccountPage(CostAccount account, BudgetDesk budgets, Templates templates) {
        this.account = account;
        this.budgets = budgets;
        this.templates = templates;
    }

    /** A window that can be chosen. Public for the templates. */
    public record Choice(String window, String name) {}

    HttpResponse<?> page(String window) {
        try {
            AccountParameters parameters = new AccountParameters(window, "namespace", "", "");
            AccountView found = AccountRendering.ask(account, parameters, account.now());
            return page(HttpStatus.OK, window, found, "");
        } catch (IllegalArgumentException e) {
            return page(HttpStatus.BAD_REQUEST, window, null, String.valueOf(e.getMessage()));
        } catch (AccountException e) {
            return page(HttpStatus.OK, window, null, String.valueOf(e.getMessage()));
        }
    }

    HttpResponse<?> budgets() {
        Map<String, Object> model = new HashMap<>(Map.of("trouble", ""));
        try {
            model.put("budgets", budgets.view());
        } catch (AccountException e) {
            model.put("trouble", String.valueOf(e.getMessage()));
        }
        return templates.page("budgets", model);
    }

    /** What is wrong with the account, one line each. */
    List<String> troubles() {
        return account.troubles();
    }

    private HttpResponse<?> page(HttpStatus status, String window, @Nullable AccountView found, String trouble) {
        Map<String, Object> model = new HashMap<>(Map.of("window", window, "choices", CHOICES, "trouble", trouble));
        model.put("account", found);
        model.put("table", found == null ? null : CentTable.of(found));
        return templates.page(status, "account", model);
    }
}
