package io.trimtab.service.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trimtab.service.config.SettingsException;
import io.trimtab.service.evaluate.Documents;
import io.trimtab.service.evaluate.Evaluator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Asks one decision about data that you give; nothing is read from or written to a cluster.",
            "The input is one JSON document, or one per line; there is one compact answer per document, in the same"
                    + " order.",
            "The kinds: replicas, rightsize, resize, sketch, forecast, pack, zero, allocate."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every document was answered",
            "1:at least one answer is an error",
            "2:a wrong call: unknown kind or option, unreadable file"
        },
        footer = {
            "",
            "Example:",
            "  echo '{\"currentReplicas\":3,\"metrics\":[{\"type\":\"External\",\"metric\":\"queue\",\"value\":\"90\","
                    + "\"target\":{\"averageValue\":\"10\"}}]}' | trimtab evaluate replicas"
        })
final class EvaluateCommand implements Callable<Integer> {
    private static final int ANSWERED_WITH_ERRORS = 1;

    @Parameters(paramLabel = "KIND", description = "What is asked.")
    private String kind = "";

    @Option(names = "-f", paramLabel = "FILE", description = "The input; standard input when absent or -.")
    private Optional<Path> file = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Evaluator evaluator = Evaluator.create();
        if (!evaluator.kinds().contains(kind)) {
            throw new SettingsException(
                    "there is no kind \"%s\"; the kinds are %s".formatted(kind, String.join(", ", evaluator.kinds())));
        }
        PrintWriter out = spec.commandLine().getOut();
        boolean errors = false;
        for (String document : Documents.split(read())) {
            ObjectNode answer = evaluator.answerOrError(kind, document);
            errors |= answer.has("error");
            out.println(answer);
        }
        out.flush();
        return errors ? ANSWERED_WITH_ERRORS : 0;
    }

    private String read() {
        boolean standardInput = file.isEmpty() || file.get().toString().equals("-");
        try {
            byte[] bytes = standardInput ? System.in.readAllBytes() : Files.readAllBytes(file.get());
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            String what = standardInput ? "standard input" : file.get().toString();
            throw new SettingsException("%s cannot be read: %s".formatted(what, e));
        }
    }
}
