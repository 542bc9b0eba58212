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
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What a running Trimtab is asked for, and where that goes. */
final class ServedOptions {
    private static final JsonMapper JSON = new JsonMapper();

    @Option(
            names = "--url",
            defaultValue = "${env:TRIMTAB_URL:-http://127.0.0.1:8080}",
            description = "Where Trimtab serves (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Where to; - is the standard output.")
    private Path file = Path.of("-");

    /**
     * Writes the answer to a question.
     *
     * @param path such as {@code /api/v1/costs/focus}
     * @return the exit code: 2 for a wrong question, 1 where there is no answer
     */
    int save(CommandSpec command, String path, Map<String, String> parameters) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(address(path, parameters)).build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) return refused(command, answer.statusCode(), body);
                new Download(body).to(file);
                return 0;
            }
        } catch (Download.UnwritableException e) {
            say(command, "%s cannot be written: %s".formatted(file, e.getMessage()));
            return 1;
        } catch (IOException | IllegalArgumentException e) {
            say(
                    command,
                    "%s did not answer to the end (%s); is Trimtab served there? --url says where"
                            .formatted(url, e.getMessage()));
            return 1;
        }
    }

    private URI address(String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create("%s%s?%s".formatted(url.toString().replaceFirst("/$", ""), path, query));
    }

    /** A wrong call is told from a service that cannot answer. */
    private static int refused(CommandSpec command, int status, InputStream body) throws IOException {
        String detail = "";
        try {
            detail = JSON.readTree(body.readAllBytes()).path("detail").asText();
        } catch (JsonProcessingException notJson) {
            // Another program than Trimtab answers there.
        }
        say(command, detail.isEmpty() ? "the answer has status %d".formatted(status) : detail);
        return status == 400 ? CommandLine.ExitCode.USAGE : 1;
    }

    private static void say(CommandSpec command, String message) {
        command.commandLine().getErr().println("trimtab: " + message);
        command.commandLine().getErr().flush();
    }
}
