package io.trimtab.service.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.trimtab.service.evaluate.Evaluator;
import io.trimtab.service.push.BodyBudget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** {@code POST /api/v1/evaluate/{kind}}: the decisions, asked from outside. */
@Controller("/api/v1/evaluate")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EvaluateController {
    /** What reading one takes, beside its bytes. */
    private static final long BYTES_PER_BYTE = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Evaluator evaluator = Evaluator.create();
    private final BodyBudget budget;

    EvaluateController(BodyBudget budget) {
        this.budget = budget;
    }

    @Post("/{kind}")
    @Consumes(MediaType.ALL)
    HttpResponse<?> evaluate(@PathVariable String kind, @Body byte[] document) {
        if (!evaluator.kinds().contains(kind)) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "there is no kind %s; the kinds are %s".formatted(kind, String.join(", ", evaluator.kinds())));
        }
        long bytes = BYTES_PER_BYTE * document.length;
        if (!isRoom(bytes))
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "other documents take the memory that this one needs; try again in a few seconds");
        try {
            String answer = evaluator
                    .answer(kind, new String(document, StandardCharsets.UTF_8))
                    .toString();
            return HttpResponse.ok(answer.getBytes(StandardCharsets.UTF_8))
                    .contentType(MediaType.APPLICATION_JSON_TYPE);
        } finally {
            budget.giveBack(bytes);
        }
    }

    private boolean isRoom(long bytes) {
        try {
            return budget.take(bytes, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
