package io.trimtab.service.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.trimtab.service.account.AccountException;
import io.trimtab.service.budget.BudgetDesk;
import io.trimtab.service.view.Views;

/** The month under way: spent, expected, and what of it is unusual. */
@Controller("/api/v1/budgets")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class BudgetsController {
    private final Views views;
    private final BudgetDesk desk;

    BudgetsController(Views views, BudgetDesk desk) {
        this.views = views;
        this.desk = desk;
    }

    @Get("/")
    HttpResponse<?> budgets(HttpRequest<?> request) {
        try {
            return Answers.json(request, desk.view(), views.simulated());
        } catch (AccountException e) {
            throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }
}
