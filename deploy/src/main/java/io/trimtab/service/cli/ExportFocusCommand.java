package io.trimtab.service.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "focus",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes charges of FOCUS 1.2, the FinOps Foundation's form of bills, of a window of the account.",
            "One for each pod, resource and period, and what is idle on each node; they sum to the bill."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  trimtab export focus --window lastmonth -o costs.csv",
            "  trimtab export focus --window 7d --period hour --format parquet -o costs.parquet"
        })
final class ExportFocusCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    /** What is written. */
    enum Format {
        CSV,
        PARQUET
    }

    /** Of a charge. */
    enum Period {
        DAY,
        HOUR
    }

    @Option(
            names = "--url",
            defaultValue = "${env:TRIMTAB_URL:-http://127.0.0.1:8080}",
            description = "Where Trimtab serves (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--window",
            required = true,
            description = "today, yesterday, week, lastweek, month, lastmonth, a duration back from now (30m, 7d), or"
                    + " two moments (2026-11-01T00:00:00Z,2026-11-08T00:00:00Z); at most 31 days.")
    private String window = "";

    @Option(
            names = "--period",
            defaultValue = "day",
            description = "What a charge is for: day or hour (default: ${DEFAULT-VALUE}).")
    private Period period = Period.DAY;

    @Option(names = "--format", defaultValue = "csv", description = "csv or parquet (default: ${DEFAULT-VALUE}).")
    private Format format = Format.CSV;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Where to; - is the standard output.")
    private Path file = Path.of("-");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer =
                    client.send(HttpRequest.newBuilder(address()).build(), BodyHandlers.ofInputStream());
            try (InputStream charges = answer.body()) {
                if (answer.statusCode() != 200) return refused(answer.statusCode(), charges);
                new Download(charges).to(file);
                return 0;
            }
        } catch (Download.UnwritableException e) {
            say("%s cannot be written: %s".formatted(file, e.getMessage()));
            return 1;
        } catch (IOException | IllegalArgumentException e) {
            say("%s did not answer to the end (%s); is Trimtab served there? --url says where"
                    .formatted(url, e.getMessage()));
            return 1;
        }
    }

    private URI address() {
        return URI.create("%s/api/v1/costs/focus?window=%s&period=%s&format=%s"
                .formatted(
                        url.toString().replaceFirst("/$", ""),
                        URLEncoder.encode(window, StandardCharsets.UTF_8),
                        period.name().toLowerCase(Locale.ROOT),
                        format.name().toLowerCase(Locale.ROOT)));
    }

    /** A wrong call is told from a service that cannot answer. */
    private int refused(int status, InputStream body) throws IOException {
        String detail = "";
        try {
            detail = JSON.readTree(body.readAllBytes()).path("detail").asText();
        } catch (JsonProcessingException notJson) {
            // Another program than Trimtab answers there.
        }
        say(detail.isEmpty() ? "the answer has status %d".formatted(status) : detail);
        return status == 400 ? CommandLine.ExitCode.USAGE : 1;
    }

    private void say(String message) {
        spec.commandLine().getErr().println("trimtab: " + message);
        spec.commandLine().getErr().flush();
    }
}
