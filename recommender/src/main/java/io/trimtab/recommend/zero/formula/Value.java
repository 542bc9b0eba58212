package io.trimtab.recommend.zero.formula;

import java.math.BigDecimal;
import java.util.List;

/** What a part of a formula comes to. */
sealed interface Value {
    record Amount(BigDecimal amount) implements Value {}

    record Truth(boolean holds) implements Value {}

    record Listing(List<Value> items) implements Value {}

    /** A trigger without a value. */
    enum Nil implements Value {
        NIL
    }

    default BigDecimal amount(String of) {
        if (this instanceof Amount given) return given.amount();
        throw new FormulaException(of + " needs a number, this is " + word());
    }

    default boolean holds(String of) {
        if (this instanceof Truth truth) return truth.holds();
        throw new FormulaException(of + " needs true or false, this is " + word());
    }

    private String word() {
        return switch (this) {
            case Amount given -> "the number " + given.amount().toPlainString();
            case Truth truth -> String.valueOf(truth.holds());
            case Listing listing -> "a list of " + listing.items().size();
            case Nil nil -> "a trigger without a value";
        };
    }
}
