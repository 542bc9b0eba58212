package io.trimtab.service.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.trimtab.service.account.AccountCsv;
import io.trimtab.service.account.AccountException;
import io.trimtab.service.account.AccountParameters;
import io.trimtab.service.account.AccountRendering;
import io.trimtab.service.account.CostAccount;
import io.trimtab.service.view.AccountView;
import io.trimtab.service.view.Views;
import java.util.Optional;

/** Who pays what: at the rate of the last hour, or in a window of the account. */
@Controller("/api/v1/costs")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class CostsController {
    private final Views views;
    private final CostAccount account;

    CostsController(Views views, CostAccount account) {
        this.views = views;
        this.account = account;
    }

    @Get("/")
    HttpResponse<?> costs(
            HttpRequest<?> request,
            @QueryValue Optional<String> window,
            @QueryValue Optional<String> aggregate,
            @QueryValue Optional<String> step,
            @QueryValue Optional<String> filter,
            @QueryValue Optional<String> format) {
        if (window.isEmpty()) {
            if (aggregate.isPresent() || step.isPresent() || filter.isPresent() || format.isPresent())
                throw new ProblemException(
                        HttpStatus.BAD_REQUEST,
                        "window is missing: aggregate, step, filter and format are about a window of the account, such"
                                + " as window=7d");
            return Answers.json(request, views.costs(), views.simulated());
        }
        String form = format.orElse("json");
        if (!form.equals("json") && !form.equals("csv"))
            throw new ProblemException(HttpStatus.BAD_REQUEST, "format (%s) must be json or csv".formatted(form));
        AccountView answer = ask(
                new AccountParameters(window.get(), aggregate.orElse("namespace"), step.orElse(""), filter.orElse("")));
        if (form.equals("json")) return Answers.json(request, answer, views.simulated());
        return HttpResponse.ok(AccountCsv.write(answer))
                .contentType(MediaType.TEXT_CSV_TYPE)
                .header("Content-Disposition", "attachment; filename=costs.csv");
    }

    private AccountView ask(AccountParameters parameters) {
        try {
            return AccountRendering.ask(account, parameters, account.now());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (AccountException e) {
            throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }
}
