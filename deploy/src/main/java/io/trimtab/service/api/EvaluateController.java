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
import java.nio.charset.StandardCharsets;

/** {@code POST /api/v1/evaluate/{kind}}: the decisions, asked from outside. */
@Controller("/api/v1/evaluate")
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EvaluateController {
    private final Evaluator evaluator = Evaluator.create();

    @Post("/{kind}")
    @Consumes(MediaType.ALL)
    HttpResponse<?> evaluate(@PathVariable String kind, @Body byte[] document) {
        if (!evaluator.kinds().contains(kind)) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "there is no kind %s; the kinds are %s".formatted(kind, String.join(", ", evaluator.kinds())));
        }
        String answer = evaluator
                .answer(kind, new String(document, StandardCharsets.UTF_8))
                .toString();
        return HttpResponse.ok(answer.getBytes(StandardCharsets.UTF_8)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
