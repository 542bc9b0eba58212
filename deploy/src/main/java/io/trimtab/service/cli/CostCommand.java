package io.trimtab.service.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trimtab.service.account.CentTable;
import io.trimtab.service.view.AccountView;
import io.trimtab.service.view.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.RoundingMode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "cost",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says who paid what in a window of the account that a running Trimtab keeps.",
            "Rows and idle sum to the bill."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  trimtab cost                                            today, by namespace",
            "  trimtab cost --window lastmonth --aggregate label:team  last month, by a label",
            "  trimtab cost --window 7d --filter 'namespace:\"shop\"' --aggregate controller",
            "  trimtab cost --window 7d --step 1d -o csv >costs.csv",
            "  kubectl -n trimtab port-forward service/trimtab 8080    reaches one in a cluster"
        })
final class CostCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final JsonMapper JSON = new JsonMapper();

    @Option(
            names = "--url",
            defaultValue = "${env:TRIMTAB_URL:-http://127.0.0.1:8080}",
            description = "Where Trimtab serves (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--window",
            defaultValue = "today",
            description =
                    "today, yesterday, week, lastweek, month, lastmonth, a duration back from now (30m, 7d), or two"
                            + " moments (2026-11-01T00:00:00Z,2026-11-08T00:00:00Z) (default: ${DEFAULT-VALUE}).")
    private String window = "today";

    @Option(
            names = "--aggregate",
            defaultValue = "namespace",
            description = "namespace, controller, node, pod or label:NAME, or several with commas (default:"
                    + " ${DEFAULT-VALUE}).")
    private String aggregate = "namespace";

    @Option(
            names = "--filter",
            description = "Only what meets conditions such as namespace:\"a\",\"b\"+label[team]!:\"c\".")
    private String filter = "";

    @Option(
            names = "--step",
            description = "Each part of the window of this length, such as 1h or 1d; shown by csv and json.")
    private String step = "";

    /** What is printed. */
    enum Format {
        TABLE,
        CSV,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, csv or json (default: ${DEFAULT-VALUE}); csv and json have every digit.")
    private Format format = Format.TABLE;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(address()).timeout(PATIENCE).build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() != 200) return refused(answer);
            PrintWriter out = spec.commandLine().getOut();
            if (format == Format.TABLE) table(account(answer.body())).forEach(out::println);
            else out.print(format == Format.CSV ? answer.body() : answer.body() + "\n");
            out.flush();
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            say("%s does not answer (%s); is Trimtab served there? --url says where".formatted(url, e.getMessage()));
            return 1;
        }
    }

    private URI address() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("window", window);
        query.put("aggregate", aggregate);
        if (!filter.isEmpty()) query.put("filter", filter);
        if (!step.isEmpty()) query.put("step", step);
        query.put("format", format == Format.CSV ? "csv" : "json");
        String text = query.entrySet().stream()
                .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create(url.toString().replaceFirst("/$", "") + "/api/v1/costs?" + text);
    }

    /** A wrong call is told from a service that cannot answer. */
    private int refused(HttpResponse<String> answer) {
        say(detail(answer));
        return answer.statusCode() == 400 ? CommandLine.ExitCode.USAGE : 1;
    }

    private static String detail(HttpResponse<String> answer) {
        try {
            String detail = JSON.readTree(answer.body()).path("detail").asText();
            if (!detail.isEmpty()) return detail;
        } catch (IOException notJson) {
            // Another program than Trimtab answers there.
        }
        return "the answer has status %d".formatted(answer.statusCode());
    }

    private static AccountView account(String json) {
        return Objects.requireNonNull(Json.read(json.getBytes(StandardCharsets.UTF_8), AccountView.class));
    }

    private static List<String> table(AccountView account) {
        CentTable table = CentTable.of(account);
        int width = Math.max(
                "idle".length(),
                table.rows().stream().mapToInt(row -> row.key().length()).max().orElse(0));
        String form = "%-" + width + "s %12s %12s %12s %12s %6s";
        List<String> lines = new ArrayList<>();
        lines.add("%s to %s, %s".formatted(account.from(), account.to(), account.currency()));
        lines.add(form.formatted("ROW", "CPU", "MEMORY", "GPU", "TOTAL", "USED").stripTrailing());
        for (CentTable.Row row : table.rows())
            lines.add(form.formatted(row.key(), row.cpu(), row.memory(), row.gpu(), row.total(), used(row))
                    .stripTrailing());
        lines.add(form.formatted("bill", "", "", "", table.bill(), "").stripTrailing());
        if (account.estimatedShare().signum() > 0)
            lines.add("%s %% of it is estimated"
                    .formatted(account.estimatedShare().movePointRight(2).setScale(1, RoundingMode.HALF_UP)));
        account.missing()
                .forEach(span -> lines.add("nothing is known from %s to %s".formatted(span.from(), span.to())));
        lines.addAll(account.partial());
        return lines;
    }

    private static String used(CentTable.Row row) {
        return row.efficiency().signum() == 0
                ? ""
                : row.efficiency().movePointRight(2).setScale(0, RoundingMode.HALF_UP) + " %";
    }

    private void say(String message) {
        spec.commandLine().getErr().println("trimtab: " + message);
        spec.commandLine().getErr().flush();
    }
}
