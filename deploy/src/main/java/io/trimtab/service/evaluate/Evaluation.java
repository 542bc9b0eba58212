package io.trimtab.service.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One kind of question: reads the document, asks the core, writes the answer (without its {@code id}). */
@FunctionalInterface
interface Evaluation {
    /** @throws EvaluateException if a field is missing, unknown or of a wrong value */
    ObjectNode answer(JsonObject input);
}
