package io.trimtab.recommend.zero.formula;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** A part of a formula. */
@FunctionalInterface
interface Expression {
    /**
     * @param values by trigger; empty where a trigger has none
     * @param element what {@code #} stands for inside the braces of {@code count}; empty outside
     */
    record Scope(Map<String, Optional<BigDecimal>> values, Optional<Value> element) {}

    /** @throws FormulaException if there is no answer now */
    Value of(Scope scope);
}
