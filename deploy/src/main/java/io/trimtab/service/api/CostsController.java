package io.trimtab.service.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.trimtab.cost.focus.FocusCharges;
import io.trimtab.service.account.AccountCsv;
import io.trimtab.service.account.AccountException;
import io.trimtab.service.account.AccountParameters;
import io.trimtab.service.account.AccountRendering;
import io.trimtab.service.account.CostAccount;
import io.trimtab.service.focus.FocusExports;
import io.trimtab.service.view.AccountView;
import io.trimtab.service.view.Views;
import java.io.InputStream;
import java.util.Optional;

/** Who pays what: at the rate of the last hour, or in a window of the account. */
@Controller("/api/v1/costs")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class CostsController {
    private final Views views;
    private final CostAccount account;
    private final FocusExports exports;

    CostsController(Views views, CostAccount account) {
        this.views = views;
        this.account = account;
        this.exports = new FocusExports(account);
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
        boolean csv = choice("format", format.orElse("json"), "json", "csv");
        AccountView answer = ask(
                new AccountParameters(window.get(), aggregate.orElse("namespace"), step.orElse(""), filter.orElse("")));
        if (!csv) return Answers.json(request, answer, views.simulated());
        return HttpResponse.ok(AccountCsv.write(answer))
                .contentType(MediaType.TEXT_CSV_TYPE)
                .header("Content-Disposition", "attachment; filename=costs.csv");
    }

    /** As a stream: a month of a large cluster is more than memory should hold. */
    @Get("/focus")
    HttpResponse<StreamedFile> focus(
            @QueryValue Optional<String> window,
            @QueryValue Optional<String> period,
            @QueryValue Optional<String> format) {
        boolean hourly = choice("period", period.orElse("day"), "day", "hour");
        boolean parquet = choice("format", format.orElse("csv"), "csv", "parquet");
        try {
            InputStream charges = exports.open(
                    window.orElse(""), hourly ? FocusCharges.Period.HOUR : FocusCharges.Period.DAY, parquet);
            MediaType type = parquet ? MediaType.of("application/vnd.apache.parquet") : MediaType.TEXT_CSV_TYPE;
            return HttpResponse.ok(new StreamedFile(charges, type).attach(parquet ? "focus.parquet" : "focus.csv"));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (AccountException e) {
            throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /** @return whether it is the second one */
    private static boolean choice(String name, String value, String first, String second) {
        if (!value.equals(first) && !value.equals(second))
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST, "%s (%s) must be %s or %s".formatted(name, value, first, second));
        return value.equals(second);
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
